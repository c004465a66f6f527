/** A request of `node:http` or `node:http2` as Limpid's own, read by the same parser as every other. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { BadRequestError } from "../../errors/index.ts";
import { type RequestHead, RequestParser } from "../../http/index.ts";
import { type Carrier, type ContentSource, Request } from "../../message/index.ts";
import { clientGone } from "../connection-errors.ts";
import { contentTaken, NodeContent } from "./node-content.ts";

/** What a listener of `node:http`, `node:https`, `node:http2` or Express gets for a request. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;
/** What it answers through. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** Throws what the parser throws: an `HttpError` for a head that Limpid's server would refuse. */
export function requestOf(incoming: NodeRequest, outgoing: NodeResponse): Request {
  const head = headOf(incoming);
  const content = head.framing === "none" ? null : contentOf(incoming, head);
  return new Request(head, new NodeCarrier(incoming, outgoing, content));
}

/** There is one reading of a message: the head is written as it came, and parsed. */
function headOf(incoming: NodeRequest): RequestHead {
  const { method = "GET", url = "/", rawHeaders } = incoming;
  // Whatever rewrote the URL on the way may have decoded it.
  if (/[\r\n]/.test(url)) throw new BadRequestError("The request target is malformed.");
  const version = incoming.httpVersionMajor === 1 ? incoming.httpVersion : "1.1";
  let text = `${method} ${url} HTTP/${version}\r\n`;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (!name.startsWith(":")) text += `${name}: ${rawHeaders[index + 1]}\r\n`;
  }
  if (incoming.httpVersionMajor !== 1) text += http2Fields(incoming as Http2ServerRequest);
  const parser = new RequestParser();
  parser.push(Buffer.from(`${text}\r\n`, "latin1"));
  const event = parser.next();
  if (event?.kind !== "head") throw new BadRequestError("The head of the request is malformed.");
  return event.head;
}

/** What HTTP/2 says in other ways (RFC 9113 §8.3.1, §8.1). */
function http2Fields({ headers, stream }: Http2ServerRequest): string {
  const host = headers.host === undefined ? `Host: ${headers[":authority"] ?? ""}\r\n` : "";
  const ended = stream.endAfterHeaders || headers["content-length"] !== undefined;
  return ended ? host : `${host}Transfer-Encoding: chunked\r\n`;
}

function contentOf(incoming: NodeRequest, head: RequestHead): ContentSource {
  const length = head.framing === "length" ? head.contentLength : undefined;
  if (!incoming.readableDidRead) return new NodeContent(incoming, length);
  return { length, read: () => Promise.reject(contentTaken()), cancel: () => {} };
}

class NodeCarrier implements Carrier {
  readonly remoteAddress: string;
  readonly encrypted: boolean;
  readonly content: ContentSource | null;
  readonly #outgoing: NodeResponse;

  constructor(incoming: NodeRequest, outgoing: NodeResponse, content: ContentSource | null) {
    const { socket } = incoming;
    const address = socket.remoteAddress ?? "";
    // The IPv4-in-IPv6 prefix of a dual-stack socket says nothing (RFC 4291 §2.5.5.2).
    this.remoteAddress = address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
    this.encrypted = "encrypted" in socket && socket.encrypted === true;
    this.content = content;
    this.#outgoing = outgoing;
  }

  onEnd(listener: () => void): void {
    const outgoing = this.#outgoing;
    if (outgoing.closed) listener();
    else outgoing.once("close", listener);
  }

  onAbort(listener: (reason: unknown) => void): void {
    const outgoing = this.#outgoing;
    let finished = outgoing.writableEnded;
    if (outgoing.destroyed && !finished) {
      listener(clientGone());
      return;
    }
    outgoing.once("finish", () => {
      finished = true;
    });
    outgoing.once("close", () => {
      if (!finished) listener(clientGone());
    });
  }
}
