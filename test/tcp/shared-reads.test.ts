/** Reading all connections through one buffer: when it happens, what falls back, and what a consumer may keep. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Connection, TcpServer } from "limpid/tcp";

/** The pieces that two clients send one after the other, as the listener got them, kept beyond its return. */
async function kept(options: ConstructorParameters<typeof TcpServer>[0]): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  await using server = new TcpServer({ host: "127.0.0.1", ...options }, (connection) => {
    connection.on("data", (bytes) => {
      pieces.push(bytes);
      connection.end("seen");
    });
  });
  await server.listen();
  for (const text of ["first", "other"]) {
    const client = connect(server.port, "127.0.0.1");
    client.write(text);
    client.resume();
    await once(client, "end");
  }
  return pieces;
}

test("with shareReadBuffer the pieces of all connections lie in one buffer", async () => {
  const [first, other] = await kept({ shareReadBuffer: true });
  assert.equal(first?.buffer, other?.buffer);
  assert.equal(String(first), "other", "the second read overwrites what the first listener kept");
});

test("without it every piece is its listener's to keep", async () => {
  const [first, other] = await kept({});
  assert.notEqual(first?.buffer, other?.buffer);
  assert.equal(`${first} ${other}`, "first other");
});

test("for await copies: what one client sent stays what it sent", async () => {
  const seen = new Map<string, Uint8Array[]>();
  await using server = new TcpServer({ host: "127.0.0.1", shareReadBuffer: true }, async (connection) => {
    const mine: Uint8Array[] = [];
    for await (const bytes of connection) {
      mine.push(bytes);
      seen.set(String(connection.remotePort), mine);
    }
    connection.end();
  });
  await server.listen();
  await Promise.all(
    ["a", "b", "c", "d", "e", "f"].map(async (letter) => {
      const client = connect(server.port, "127.0.0.1");
      client.resume();
      await once(client, "connect");
      const port = String(client.localPort);
      for (let piece = 0; piece < 20; piece++) {
        client.write(letter.repeat(500));
        await new Promise(setImmediate);
      }
      client.end();
      await once(client, "close");
      assert.equal(String(Buffer.concat(seen.get(port) ?? [])), letter.repeat(10_000));
    }),
  );
});

test("a connection that is paused before it is read from loses nothing, and ends like any other", async () => {
  const { promise, resolve } = Promise.withResolvers<Connection>();
  await using server = new TcpServer({ host: "127.0.0.1", shareReadBuffer: true }, resolve);
  await server.listen();
  const client = connect(server.port, "127.0.0.1");
  client.end("all of it");
  const connection = await promise;
  connection.pause();
  await once(client, "finish");
  let text = "";
  connection.on("data", (bytes) => {
    text += bytes;
    connection.pause();
    setImmediate(() => connection.resume());
  });
  connection.resume();
  await once(connection, "end");
  assert.equal(text, "all of it");
  connection.end();
});

test("what is written in one turn leaves in order, before the end, and before a reset", async () => {
  const endings: Record<string, (connection: Connection) => void> = {
    end: (connection) => connection.end("last"),
    close: (connection) => connection.close("last"),
    bytes: (connection) => {
      connection.write(Buffer.from("la"));
      connection.write("st", "latin1");
      connection.end();
    },
    later: (connection) => {
      setImmediate(() => connection.end("last"));
    },
  };
  for (const [name, ending] of Object.entries(endings)) {
    await using server = new TcpServer({ host: "127.0.0.1" }, (connection) => {
      connection.once("data", () => {
        connection.write("one ", "latin1");
        connection.write("two ", "latin1");
        assert.equal(connection.writableLength, 8, "what waits is counted");
        connection.write("drei ü ");
        ending(connection);
      });
    });
    await server.listen();
    const client = connect(server.port, "127.0.0.1");
    client.write("go");
    let text = "";
    for await (const bytes of client) text += bytes;
    assert.equal(text, "one two drei ü last", name);
  }
});

test("where the runtime lacks what it takes, sockets are read by their data events", () => {
  const program = fileURLToPath(new URL("./fixtures/without-shared-reads.ts", import.meta.url));
  const run = spawnSync(process.execPath, ["--conditions=source", program], { encoding: "utf8" });
  assert.equal(run.stderr, "");
  assert.equal(run.stdout, "GET answered, pieces apart\n");
});
