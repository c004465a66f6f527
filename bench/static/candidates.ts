/** A server of one folder, by name: `node candidates.ts NAME FOLDER`; it writes its port. */
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import express from "express";
import fastify from "fastify";
import { App, files } from "limpid";
import send from "send";
import sirv from "sirv";

const [, , name = "", folder = ""] = process.argv;
const host = "127.0.0.1";

/** Constant octets from memory: nothing that sends files through `node:net` can be far below. */
async function raw(): Promise<number> {
  const tail = "Date: Sat, 21 Nov 2026 08:00:00 GMT\r\n\r\n";
  const whole = new Map<number, Buffer>();
  for (const file of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, file));
    const head = `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nETag: "abc-def"\r\nContent-Length: ${bytes.length}\r\n${tail}`;
    whole.set(file.charCodeAt(0), Buffer.concat([Buffer.from(head), bytes]));
  }
  const known = Buffer.from(`HTTP/1.1 304 Not Modified\r\nETag: "abc-def"\r\n${tail}`);
  const server = createTcpServer({ noDelay: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    // The letter of the file, and whether there is more than a plain request.
    socket.on("data", (chunk: Buffer) => socket.write(chunk.length > 80 ? known : whole.get(chunk[5]!)!));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as { port: number }).port;
}

async function limpid(): Promise<number> {
  const app = new App();
  app.get("/*", files(folder));
  const server = await app.listen({
    host,
    port: 0,
    overload: false,
    maxConnectionsPerAddress: 10_000,
    maxRequestsPerConnection: 1e9,
  });
  return server.address?.port ?? 0;
}

async function listening(listener: Parameters<typeof createServer>[1]): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as { port: number }).port;
}

const starters: Record<string, () => Promise<number>> = {
  raw,
  limpid,
  sirv: () => listening(sirv(folder, { etag: true, maxAge: 3600 })),
  send: () =>
    listening(
      (request, response) =>
        void send(request, request.url ?? "/", { root: folder, maxAge: 3_600_000 }).pipe(response),
    ),
  express: () => {
    const app = express();
    app.disable("x-powered-by");
    app.use(express.static(folder, { maxAge: 3_600_000 }));
    return listening(app);
  },
  fastify: async () => {
    const app = fastify();
    await app.register(fastifyStatic, { root: folder, maxAge: 3_600_000 });
    await app.listen({ host, port: 0 });
    return (app.server.address() as { port: number }).port;
  },
};

const start = starters[name];
if (start === undefined) throw new Error(`There is no candidate "${name}".`);
console.log(JSON.stringify({ port: await start() }));
process.stdin.resume().on("end", () => process.exit(0));
