/** TLS clients, one handshake each: most ask something, some show a certificate, some leave in the middle. */
import { readFileSync } from "node:fs";
import { connect, type TLSSocket } from "node:tls";
import { certFile, keyFile } from "../apparatus/fixtures.ts";
import { perform } from "../apparatus/tasks.ts";
import { sourceAddress } from "./source-address.ts";

/** What a script gives to `run`. */
export interface HandshakeLoad {
  readonly port: number;
  readonly mutualPort: number;
  readonly count: number;
}

type Kind = "plain" | "mutual" | "aborted" | "uncertified";

const NET = 3;
const AT_A_TIME = 20;
const request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
const own = { key: readFileSync(keyFile), cert: readFileSync(certFile) };
const turns: readonly Kind[] = [
  "plain",
  "plain",
  "mutual",
  "plain",
  "aborted",
  "mutual",
  "plain",
  "uncertified",
];
let number = 0;

function begin(kind: Kind, load: HandshakeLoad): TLSSocket {
  const where = {
    port: kind === "plain" || kind === "aborted" ? load.port : load.mutualPort,
    host: "127.0.0.1",
    localAddress: sourceAddress(NET, number),
    servername: "localhost",
    rejectUnauthorized: false,
  };
  return connect({ ...where, ...(kind === "mutual" ? own : {}) });
}

/** Resolves to whether it went as this kind should. */
function handshake(kind: Kind, load: HandshakeLoad): Promise<boolean> {
  const socket = begin(kind, load);
  let text = "";
  socket.on("error", () => {});
  // The first bytes of the handshake have left, the server's answer has not come.
  if (kind === "aborted") socket.once("connect", () => setTimeout(() => socket.destroy(), number % 3));
  else socket.once("secureConnect", () => socket.write(request));
  socket.on("data", (bytes: Buffer) => (text += bytes.toString("latin1")));
  return new Promise((resolve) => {
    socket.once("close", () =>
      resolve(kind === "plain" || kind === "mutual" ? text.endsWith("hello") : text === ""),
    );
  });
}

perform({
  async run(load: HandshakeLoad): Promise<{ done: Record<string, number>; wrong: Record<string, number> }> {
    const done: Record<string, number> = {};
    const wrong: Record<string, number> = {};
    const end = number + load.count;
    const work = async (): Promise<void> => {
      while (number < end) {
        const kind = turns[number++ % turns.length] ?? "plain";
        const counts = (await handshake(kind, load)) ? done : wrong;
        counts[kind] = (counts[kind] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    return { done, wrong };
  },
});
