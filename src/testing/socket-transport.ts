/** Sends requests over a real socket to a server that it starts on a free port when the first one is sent. */
import { Agent, type ClientRequest, request as clientRequest, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { Headers } from "../http/index.ts";
import { type Application, bodiless, encoded } from "../message/index.ts";
import { Server } from "../server/index.ts";
import {
  type IncomingResponse,
  type OutgoingRequest,
  type Transport,
  unanswered,
  watched,
} from "./transport.ts";

/** Milliseconds that `close` leaves to a handler that is still busy. */
const GRACE = 1000;

/** Talks HTTP over TCP, with connections that are kept alive. */
export class SocketTransport implements Transport {
  readonly #application: Application;
  readonly #agent = new Agent({ keepAlive: true });
  #server: Promise<Server> | undefined;

  constructor(application: Application) {
    this.#application = application;
  }

  async send(outgoing: OutgoingRequest): Promise<IncomingResponse> {
    outgoing.signal?.throwIfAborted();
    const server = await (this.#server ??= new Server(this.#application, {
      port: 0,
      host: "127.0.0.1",
    }).listen());
    const incoming = await this.#exchange(outgoing, server.url, true);
    return received(incoming, outgoing.method);
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    const server = await this.#server?.catch(() => undefined);
    await server?.close({ grace: GRACE });
  }

  async #exchange(outgoing: OutgoingRequest, url: string, mayRepeat: boolean): Promise<IncomingMessage> {
    const { hostname, port } = new URL(url);
    const headers = [...outgoing.headers.lines()].flat();
    const { method, target: path, signal } = outgoing;
    const sent = clientRequest({ agent: this.#agent, hostname, port, method, path, headers, signal });
    try {
      return await answerTo(sent, outgoing.content);
    } catch (cause) {
      signal?.throwIfAborted();
      // The server may close an idle connection at the moment in which it is used again (RFC 9112 §9.3.1).
      const repeatable = !isStream(outgoing.content);
      if (mayRepeat && sent.reusedSocket && repeatable) return this.#exchange(outgoing, url, false);
      throw unanswered(outgoing, cause);
    }
  }
}

function answerTo(sent: ClientRequest, content: OutgoingRequest["content"]): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  sent.on("response", resolve);
  sent.on("error", reject);
  if (content === null) sent.end();
  else if (typeof content === "string" || content instanceof Uint8Array) sent.end(content);
  else {
    const pieces = Readable.from(encoded(content));
    pieces.on("error", (error) => sent.destroy(error));
    pieces.pipe(sent);
  }
  return promise;
}

function received(incoming: IncomingMessage, method: string): IncomingResponse {
  const { statusCode: status = 0, statusMessage: statusText = "", rawHeaders } = incoming;
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  // These belong to the connection and not to the response (RFC 9110 §7.6.1).
  for (const name of ["connection", "keep-alive", "transfer-encoding"]) headers.delete(name);
  if (method !== "HEAD" && !bodiless(status)) {
    const content = watched(incoming, (whole) => void (whole || incoming.destroy()));
    return { status, statusText, headers, content };
  }
  incoming.resume();
  return { status, statusText, headers, content: null };
}

function isStream(content: OutgoingRequest["content"]): boolean {
  return content !== null && typeof content !== "string" && !(content instanceof Uint8Array);
}
