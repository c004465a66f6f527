/** A client that sends bytes as they are and reads what comes back, for tests of the server over real sockets. */
import { connect, type Socket } from "node:net";
import type { TestContext } from "node:test";
import { type Application, type Request, type Response, toResponse } from "limpid/message";
import { Server, type ServerOptions } from "limpid/server";

/** One response as it stood on the wire. */
export interface RawResponse {
  status: number;
  /** Field lines with lower-cased names; a repeated name is joined by a comma. */
  headers: Map<string, string>;
  body: string;
}

/** What a client read until the connection ended. */
export interface Conversation {
  text: string;
  responses: RawResponse[];
}

/** A server with a handler on a free port, closed behind the test. */
export async function serve(
  t: TestContext,
  handler: (request: Request) => unknown,
  options: ServerOptions = {},
): Promise<Server & { port: number }> {
  const application: Application = {
    handle: (request) => {
      const result = handler(request);
      return result instanceof Promise ? result.then(toResponse) : toResponse(result as Response);
    },
  };
  const server = new Server(application, { host: "127.0.0.1", ...options });
  await server.listen();
  t.after(() => server.close({ grace: 100 }));
  return Object.assign(server, { port: server.address?.port ?? 0 });
}

/** Sends the pieces one after the other and reads until the server closes. */
export async function converse(port: number, ...pieces: (string | Uint8Array)[]): Promise<Conversation> {
  const socket = open(port);
  for (const piece of pieces) {
    socket.write(typeof piece === "string" ? Buffer.from(piece, "latin1") : piece);
    await new Promise(setImmediate);
  }
  return readAll(socket);
}

/** A connection whose errors are not thrown: a reset is one way to be refused. */
export function open(port: number): Socket {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
  socket.on("error", () => {});
  return socket;
}

/** Everything the server sends until it closes. */
export async function readAll(socket: Socket): Promise<Conversation> {
  const pieces: Buffer[] = [];
  await new Promise<void>((resolve) => {
    socket.on("data", (bytes: Buffer) => pieces.push(bytes));
    socket.on("end", () => socket.end());
    socket.on("close", () => resolve());
  });
  const text = Buffer.concat(pieces).toString("latin1");
  return { text, responses: parseResponses(text) };
}

/** Reads until `count` responses have come in full. */
export async function readResponses(socket: Socket, count: number): Promise<RawResponse[]> {
  let text = "";
  return new Promise((resolve, reject) => {
    const onData = (bytes: Buffer): void => {
      text += bytes.toString("latin1");
      const responses = parseResponses(text);
      if (responses.length < count) return;
      stop();
      resolve(responses);
    };
    const onClose = (): void => {
      stop();
      reject(new Error(`closed after ${JSON.stringify(text)}`));
    };
    const stop = (): void => {
      socket.off("data", onData);
      socket.off("close", onClose);
    };
    socket.on("data", onData);
    socket.on("close", onClose);
  });
}

/** The responses that are complete in the text; a response without a length ends with it. */
export function parseResponses(text: string): RawResponse[] {
  const responses: RawResponse[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf("\r\n\r\n", at);
    if (end < 0) break;
    const [start = "", ...lines] = text.slice(at, end).split("\r\n");
    const headers = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(":");
      const name = line.slice(0, colon).toLowerCase();
      const value = line.slice(colon + 1).trim();
      headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
    }
    const content = contentAt(text, end + 4, headers, Number(start.split(" ")[1]));
    if (content === undefined) break;
    responses.push({ status: Number(start.split(" ")[1]), headers, body: content.body });
    at = content.end;
  }
  return responses;
}

function contentAt(
  text: string,
  start: number,
  headers: Map<string, string>,
  status: number,
): { body: string; end: number } | undefined {
  if (status < 200 || status === 204 || status === 304) return { body: "", end: start };
  if (headers.get("transfer-encoding") === "chunked") return chunksAt(text, start);
  const length = headers.get("content-length");
  if (length === undefined) return { body: text.slice(start), end: text.length };
  const end = start + Number(length);
  return end > text.length ? undefined : { body: text.slice(start, end), end };
}

function chunksAt(text: string, start: number): { body: string; end: number } | undefined {
  let body = "";
  let at = start;
  for (;;) {
    const line = text.indexOf("\r\n", at);
    if (line < 0) return undefined;
    const size = Number.parseInt(text.slice(at, line), 16);
    if (Number.isNaN(size)) return undefined;
    if (size === 0) {
      const end = text.indexOf("\r\n\r\n", line);
      return end < 0 ? undefined : { body, end: end + 4 };
    }
    body += text.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
    if (at > text.length) return undefined;
  }
}
