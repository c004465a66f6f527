/** The server under test: an application behind as many Limpid servers as the script asks for. */
import { App } from "limpid/app";
import { Response } from "limpid/message";
import { Server, type ServerOptions } from "limpid/server";
import { certFile, keyFile } from "../apparatus/fixtures.ts";
import { collectGarbage, perform } from "../apparatus/tasks.ts";

/** What a script gives to `listen`. */
export interface Listen {
  /** `"mutual"` asks clients for a certificate too. Default: plain. */
  readonly tls?: "server" | "mutual";
  readonly options?: ServerOptions;
}

const PIECE = 65_536;

const app = new App();
app.get("/", () => "hello");
app.post("/json", (request) => request.json() as Promise<object>);
app.post("/upload", { bodyLimit: 64 * 1024 * 1024 }, async ({ stream }) => {
  let bytes = 0;
  for await (const piece of stream ?? []) bytes += piece.length;
  return String(bytes);
});
// Answers at once and reads nothing, so that the server has to discard the content.
app.post("/unread", () => "unread");
app.get("/generator/:bytes", ({ params }) => generate(Number(params.bytes)));
app.get("/web-stream/:bytes", ({ params }) => new Response(webStream(Number(params.bytes))));
// Zeros that nobody has written take no memory of their own.
const large = Buffer.alloc(100 * 1024 * 1024);
app.get("/large", () => large);

/** Fresh memory for each piece, so that a server which does not wait for its client is seen to grow. */
async function* generate(bytes: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < bytes; sent += PIECE) yield Buffer.alloc(Math.min(PIECE, bytes - sent), "x");
}

function webStream(bytes: number): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= bytes) return controller.close();
      controller.enqueue(Buffer.alloc(Math.min(PIECE, bytes - sent), "x"));
      sent += PIECE;
    },
  });
}

const servers: Server[] = [];

perform({
  async listen({ tls, options }: Listen): Promise<number> {
    const material = { keyFile, certFile, ...(tls === "mutual" && { requestCert: true, caFile: certFile }) };
    const server = new Server(app, { host: "127.0.0.1", ...options, ...(tls && { tls: material }) });
    servers.push(server);
    await server.listen();
    return server.address?.port ?? 0;
  },
  connections: () => servers.reduce((sum, server) => sum + server.connections, 0),
  heapBytes: () => process.memoryUsage().heapUsed,
  collectGarbage,
});
