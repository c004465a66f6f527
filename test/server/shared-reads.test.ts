/** No view of the buffer that all connections are read through outlives its turn: nobody sees another's bytes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { upgrade } from "limpid/server";
import { open, readAll, serve } from "./raw-client.ts";

const letters = [..."abcdefghijklmnopqrstuvwx"];

/** What a handler may get hold of, kept until everybody has sent everything. */
const keepers: Record<string, (request: import("limpid/message").Request) => Promise<unknown[]>> = {
  bytes: async (request) => [
    await request.bytes(),
    request.target,
    request.headers,
    request.headers.get("x-letter"),
  ],
  text: async (request) => [await request.text(), request.query, request.cookies],
  stream: async (request) => {
    const pieces: unknown[] = [];
    for await (const piece of request.stream ?? []) {
      pieces.push(piece);
      await new Promise(setImmediate);
    }
    return pieces;
  },
  unread: async (request) => [request.headers.get("cookie"), request.path],
};

for (const [name, keep] of Object.entries(keepers)) {
  for (const framing of ["length", "chunked"]) {
    test(`${name}, ${framing}: what is kept stays its own client's`, async (t) => {
      const kept = new Map<string, unknown[]>();
      const server = await serve(t, async (request) => {
        const letter = request.headers.get("x-letter") ?? "";
        kept.set(letter, await keep(request));
        return letter;
      });
      await Promise.all(letters.map((letter) => send(server.port, letter, framing)));
      for (const letter of letters) {
        for (const thing of kept.get(letter) ?? [assert.fail(`nothing of ${letter}`)]) {
          assert.doesNotMatch(spelled(thing), foreign(letter), `${name} of ${letter}`);
        }
      }
    });
  }
}

test("behind an upgrade, the rest that was sent along stays its client's", async (t) => {
  const rests = new Map<string, Uint8Array[]>();
  const server = await serve(t, (request) => {
    const letter = request.headers.get("x-letter") ?? "";
    return upgrade("letters", async (connection, rest) => {
      const mine = [rest];
      rests.set(letter, mine);
      for await (const bytes of connection) mine.push(bytes);
      connection.end();
    });
  });
  await Promise.all(
    letters.map(async (letter) => {
      const socket = open(server.port);
      const head = `GET / HTTP/1.1\r\nHost: h\r\nX-Letter: ${letter}\r\nConnection: upgrade\r\nUpgrade: letters\r\n\r\n`;
      socket.write(head + letter.repeat(300));
      for (let piece = 0; piece < 5; piece++) {
        await new Promise(setImmediate);
        socket.write(letter.repeat(300));
      }
      socket.end();
      await readAll(socket);
    }),
  );
  for (const letter of letters) {
    const mine = Buffer.concat(rests.get(letter) ?? []).toString();
    assert.equal(mine, letter.repeat(1800));
  }
});

test("a head that comes in two reads is the one client's, whoever was read in between", async (t) => {
  const targets = new Set<string>();
  const server = await serve(t, (request) => {
    targets.add(`${request.target} ${request.headers.get("x-letter")}`);
    return "ok";
  });
  const sockets = letters.map((letter) => {
    const socket = open(server.port);
    socket.write(`GET /${letter.repeat(40)} HTTP/1.1\r\nHost: h\r\nX-Le`);
    return { letter, socket };
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (const { letter, socket } of sockets) socket.end(`tter: ${letter}\r\nConnection: close\r\n\r\n`);
  await Promise.all(sockets.map(({ socket }) => readAll(socket)));
  assert.deepEqual(targets, new Set(letters.map((letter) => `/${letter.repeat(40)} ${letter}`)));
});

async function send(port: number, letter: string, framing: string): Promise<void> {
  const socket = open(port);
  const pieces = Array.from({ length: 8 }, (_, index) => letter.repeat(200 + index * 50));
  const size = pieces.join("").length;
  const field = framing === "chunked" ? "Transfer-Encoding: chunked" : `Content-Length: ${size}`;
  const path = `/${letter.repeat(20)}?${letter}=${letter.repeat(20)}`;
  const cookie = `${letter}=${letter.repeat(20)}`;
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: h\r\nX-Letter: ${letter}\r\nCookie: ${cookie}\r\nConnection: close\r\n${field}\r\n\r\n`,
  );
  for (const piece of pieces) {
    socket.write(framing === "chunked" ? `${piece.length.toString(16)}\r\n${piece}\r\n` : piece);
    await new Promise(setImmediate);
  }
  if (framing === "chunked") socket.write("0\r\n\r\n");
  await readAll(socket);
}

/** What another client's letters look like: a run of at least ten that is not this one's. */
function foreign(letter: string): RegExp {
  return new RegExp(`([${letters.filter((other) => other !== letter).join("")}])\\1{9}`);
}

function spelled(thing: unknown): string {
  if (typeof thing === "string") return thing;
  if (thing instanceof Uint8Array) return Buffer.from(thing).toString("latin1");
  return JSON.stringify([...(thing as Iterable<unknown>)]);
}
