/** The servers that take a form and throw its content away, each in its own process: `node candidates.ts NAME`. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import {
  type AddressInfo,
  createServer as createTcpServer,
  Socket,
  type SocketConstructorOpts,
} from "node:net";
import { Writable } from "node:stream";
import fastifyBusboy from "@fastify/busboy";
import busboy from "busboy";
import formidable from "formidable";
import { App } from "limpid";
import { MultipartParser } from "limpid/forms";
import { MediaType } from "limpid/http";

const limits = {
  parts: 1e6,
  fields: 1e6,
  files: 1e6,
  fileBytes: 1e12,
  requestBytes: 1e12,
  fieldsBytes: 1e9,
};
const answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/** Counts bytes: what nothing in Node can be faster than. `take` sees each piece of content. */
function overTcp(begin: (contentType: string) => (bytes: Buffer) => void): void {
  const server = createTcpServer({ noDelay: true, pauseOnConnect: true });
  const buffer = Buffer.allocUnsafeSlow(262_144);
  server.on("connection", (socket: Socket) => serveSocket(socket, buffer, begin));
  server.listen(0, "127.0.0.1", () => ready((server.address() as AddressInfo).port));
}

/** Held, because nothing else holds a socket that is made from another one's handle. */
const open = new Set<Socket>();

/** Reads into one buffer (`onread` of node:net), as the limit does. */
function serveSocket(
  accepted: Socket,
  buffer: Buffer,
  begin: (contentType: string) => (bytes: Buffer) => void,
): void {
  let missing = -1;
  let take: (bytes: Buffer) => void = () => {};
  const onBytes = (bytes: Buffer): void => {
    let content = bytes;
    if (missing === -1) {
      const end = bytes.indexOf("\r\n\r\n");
      const head = bytes.toString("latin1", 0, end);
      missing = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      take = begin(/content-type: (.*)/i.exec(head)?.[1] ?? "");
      content = bytes.subarray(end + 4);
    }
    missing -= content.length;
    if (content.length > 0) take(content);
    if (missing > 0) return;
    missing = -1;
    socket.write(answer);
  };
  const callback = (length: number): boolean => {
    onBytes(buffer.subarray(0, length));
    return true;
  };
  // `onread` is an option of the constructor alone, so the accepted socket's handle gets a second socket.
  const options = { handle: Reflect.get(accepted, "_handle"), onread: { buffer, callback } };
  const socket = new Socket(options as SocketConstructorOpts);
  open.add(socket);
  socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
}

function overHttp(take: (request: IncomingMessage, done: () => void) => void): void {
  const server = createServer((request, response: ServerResponse) => take(request, () => response.end("ok")));
  server.listen(0, "127.0.0.1", () => ready((server.address() as AddressInfo).port));
}

async function overLimpid(name: "parts" | "form"): Promise<void> {
  const app = new App();
  app.post("/", { bodyLimit: 1e12 }, async (request) => {
    if (name === "form") await request.form({ limits });
    else for await (const part of request.parts({ limits })) for await (const _ of part);
    return "ok";
  });
  const server = await app.listen({ port: 0, host: "127.0.0.1" });
  ready(Number(new URL(server.url).port));
}

const candidates: Record<string, () => void> = {
  "net onread": () => overTcp(() => () => {}),
  parser: () =>
    overTcp((type) => {
      const parser = new MultipartParser(MediaType.parse(type)?.parameters.get("boundary") ?? "", limits);
      return (bytes) => {
        parser.push(bytes);
        while (parser.next() !== undefined);
      };
    }),
  parts: () => void overLimpid("parts"),
  form: () => void overLimpid("form"),
  busboy: () =>
    overHttp((request, done) => {
      const parser = busboy({ headers: request.headers, limits: { fields: 1e6, files: 1e6, parts: 1e6 } });
      parser.on("file", (_, stream) => stream.resume());
      parser.on("field", () => {});
      parser.on("close", done);
      request.pipe(parser);
    }),
  "@fastify/busboy": () =>
    overHttp((request, done) => {
      const headers = { ...request.headers, "content-type": request.headers["content-type"] ?? "" };
      const parser = new fastifyBusboy.Busboy({ headers, limits: { fields: 1e6, files: 1e6, parts: 1e6 } });
      parser.on("file", (_, stream) => stream.resume());
      parser.on("field", () => {});
      parser.on("finish", done);
      request.pipe(parser);
    }),
  formidable: () =>
    overHttp((request, done) => {
      const discard = () => new Writable({ write: (_, __, next) => next() });
      const form = formidable({
        maxFields: 1e6,
        maxFiles: 1e6,
        maxFileSize: 1e12,
        maxTotalFileSize: 1e12,
        allowEmptyFiles: true,
        minFileSize: 0,
        fileWriteStreamHandler: discard,
      });
      void form.parse(request).then(done, done);
    }),
};

function ready(port: number): void {
  process.stdout.write(`${JSON.stringify({ port })}\n`);
}

candidates[process.argv[2] ?? ""]?.();
