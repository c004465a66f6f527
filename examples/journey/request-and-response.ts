import { connect } from "node:net";
import { HttpError } from "limpid/errors";
import { RequestParser } from "limpid/http";
import { type Connection, TcpServer } from "limpid/tcp";

/** Content on its way: pushed in by the connection, pulled out by the handler. */
class Content {
  readonly #pieces: Uint8Array[] = [];
  #ended = false;
  #wake = (): void => {};

  push(piece: Uint8Array): void {
    this.#pieces.push(Buffer.from(piece));
    this.#wake();
  }

  end(): this {
    this.#ended = true;
    this.#wake();
    return this;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) yield piece;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

const LIMIT = 20;

class Request {
  readonly method: string;
  readonly path: string;
  readonly #rawQuery: string;
  readonly #content: Content;
  #query: URLSearchParams | undefined;
  #used = false;

  constructor(head: { method: string; path: string; query: string }, content = new Content().end()) {
    this.method = head.method;
    this.path = head.path;
    this.#rawQuery = head.query;
    this.#content = content;
  }

  /** Parsed when somebody asks, and then kept. */
  get query(): URLSearchParams {
    return (this.#query ??= new URLSearchParams(this.#rawQuery));
  }

  /** The content, once, and never more than the limit of it. */
  async text(): Promise<string> {
    if (this.#used) throw new Error("The content has been read already.");
    this.#used = true;
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of this.#content) {
      size += piece.length;
      if (size > LIMIT) throw new HttpError(413, `More than ${LIMIT} bytes.`);
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString();
  }
}

class Response {
  readonly text: string;
  readonly status: number;

  constructor(text: string, status = 200) {
    this.text = text;
    this.status = status;
  }

  serialize(): string {
    return `HTTP/1.1 ${this.status} \r\nContent-Length: ${Buffer.byteLength(this.text)}\r\n\r\n${this.text}`;
  }
}

type Handler = (request: Request) => Promise<Response>;

/** An answer in every case: what a handler throws becomes a response too. */
async function answer(handle: Handler, request: Request): Promise<Response> {
  try {
    return await handle(request);
  } catch (error) {
    return error instanceof HttpError
      ? new Response(error.message, error.status)
      : new Response("Something is broken.", 500);
  }
}

/** Turns the bytes of a connection into requests, and responses into bytes, in the order of the requests. */
async function converse(connection: Connection, handle: Handler): Promise<void> {
  const parser = new RequestParser();
  let content = new Content();
  let answered: Promise<unknown> = Promise.resolve();
  for await (const bytes of connection) {
    parser.push(bytes);
    for (let event = parser.next(); event !== undefined; event = parser.next()) {
      if (event.kind === "data") content.push(event.bytes);
      else if (event.kind === "end") content.end();
      else {
        content = new Content();
        const response = answer(handle, new Request(event.head, content));
        answered = answered.then(async () => connection.write((await response).serialize()));
      }
    }
  }
  await answered;
  connection.end();
}

const handle: Handler = async (request) => {
  if (request.path === "/greet") return new Response(`Hello, ${request.query.get("name")}.`);
  if (request.path === "/shout") return new Response((await request.text()).toUpperCase());
  if (request.path === "/twice") return new Response((await request.text()) + (await request.text()));
  throw new HttpError(404, "Nothing here.");
};

const byHand = await answer(handle, new Request({ method: "GET", path: "/greet", query: "name=Ada" }));
console.log(`By hand: ${byHand.status} ${byHand.text}\n`);

const server = new TcpServer({ host: "127.0.0.1" }, (connection) => converse(connection, handle));
await server.listen();
const client = connect(server.port, "127.0.0.1");
const post = (path: string, text: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
client.write("GET /greet?name=Ada HTTP/1.1\r\nHost: localhost\r\n\r\n");
client.write(post("/shout", "piece by piece").slice(0, -9));
client.write(" by piece");
client.write(post("/shout", "far more than twenty bytes"));
client.write(post("/twice", "again"));
client.end("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
let received = "";
for await (const bytes of client) received += String(bytes);
for (const response of received.split(/(?=HTTP)/)) console.log(JSON.stringify(response));
await server.close();
