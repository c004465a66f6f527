/** A response of Limpid's through `node:http` or `node:http2`: fields, content and back-pressure; the framing is theirs. */
import type { ServerResponse } from "node:http";
import { LimpidError } from "../../errors/index.ts";
import type { Headers } from "../../http/index.ts";
import { bodiless, type Response } from "../../message/index.ts";
import { nextBytes, piecesOf } from "../pieces.ts";
import { discard } from "./host-errors.ts";
import type { NodeResponse } from "./node-request.ts";

/** Fields that frame the message or belong to the connection. */
const connectionFields = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

/** Sends a response. Rejects when its content fails on the way; the connection has been broken off then. */
export async function writeNodeResponse(
  outgoing: NodeResponse,
  response: Response,
  method: string,
): Promise<void> {
  const { content, status } = response;
  const streamed = content !== null && typeof content !== "string" && !(content instanceof Uint8Array);
  writeFields(outgoing, response.headers);
  outgoing.statusCode = status;
  if (isHttp1(outgoing)) outgoing.statusMessage = response.statusText;
  if (bodiless(status) || status === 205) {
    if (status !== 304) outgoing.removeHeader("Content-Length");
    end(outgoing, response);
  } else if (streamed && method !== "HEAD") {
    await pump(outgoing, content);
  } else if (streamed || (method === "HEAD" && content === null)) {
    end(outgoing, response);
  } else {
    const bytes = typeof content === "string" ? Buffer.from(content) : (content ?? new Uint8Array(0));
    outgoing.setHeader("Content-Length", bytes.length);
    if (method === "HEAD") outgoing.end();
    else outgoing.end(bytes);
  }
}

/** Without the class itself, as `node:http` is dear to load and there already where it is needed. */
function isHttp1(outgoing: NodeResponse): outgoing is ServerResponse {
  return !("stream" in outgoing);
}

/** Fields that something in front has set, such as `X-Powered-By`, stay where the response has none of the name. */
function writeFields(outgoing: NodeResponse, headers: Headers): void {
  const http1 = isHttp1(outgoing);
  for (const name of new Set(Array.from(headers.lines(), ([written]) => written))) {
    const field = name.toLowerCase();
    const values = headers.getAll(name);
    if (!connectionFields.has(field)) outgoing.setHeader(name, values.length === 1 ? values[0]! : values);
    else if (http1 && field === "connection" && /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i.test(values.join(","))) {
      outgoing.setHeader("Connection", "close");
    }
  }
}

function end(outgoing: NodeResponse, response: Response): void {
  outgoing.end();
  discard(response);
}

async function pump(outgoing: NodeResponse, content: AsyncIterable<Uint8Array | string>): Promise<void> {
  const pieces = piecesOf(content);
  // A client that goes away must also free what the stream holds while it waits for its next piece.
  outgoing.once("close", pieces.cancel);
  const announced = lengthOf(outgoing);
  let sent = 0;
  try {
    if (isHttp1(outgoing)) outgoing.flushHeaders();
    for (let piece = await nextBytes(pieces); piece !== undefined; piece = await nextBytes(pieces)) {
      sent += piece.length;
      if (sent > announced) refuseLength(announced, sent);
      if (outgoing.destroyed) return;
      if (piece.length > 0 && !write(outgoing, piece)) await drained(outgoing);
    }
    if (outgoing.destroyed) return;
    if (announced !== Number.POSITIVE_INFINITY && sent !== announced) refuseLength(announced, sent);
    outgoing.end();
  } catch (error) {
    if (outgoing.destroyed) return;
    breakOff(outgoing);
    throw error;
  } finally {
    outgoing.off("close", pieces.cancel);
    pieces.cancel();
  }
}

/** The two classes have no signature of `write` in common. */
function write(outgoing: NodeResponse, piece: Uint8Array): boolean {
  return isHttp1(outgoing) ? outgoing.write(piece) : outgoing.write(piece);
}

/** Resolves when more can be written, or when nobody will read it any more. */
function drained(outgoing: NodeResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      outgoing.off("drain", settle);
      outgoing.off("close", settle);
      resolve();
    };
    outgoing.on("drain", settle);
    outgoing.on("close", settle);
  });
}

/** What is missing must be seen to be missing: a reset, never a proper end. */
export function breakOff(outgoing: NodeResponse): void {
  if (!isHttp1(outgoing)) {
    outgoing.stream.destroy(new Error("The response broke off."));
    return;
  }
  const { socket } = outgoing;
  try {
    // Only TCP knows a reset.
    socket?.resetAndDestroy();
  } catch {
    outgoing.destroy();
  }
}

function lengthOf(outgoing: NodeResponse): number {
  const field = outgoing.getHeader("content-length");
  return typeof field === "string" && /^\d{1,15}$/.test(field) ? Number(field) : Number.POSITIVE_INFINITY;
}

function refuseLength(announced: number, sent: number): never {
  throw new LimpidError(
    "LMP_RESPONSE_LENGTH_WRONG",
    "The content is not as long as its Content-Length says.",
    {
      expected: `${announced} bytes`,
      found: `${sent} bytes${sent > announced ? " or more" : ""}`,
      fix: "Leave Content-Length out; the host frames streams by itself.",
    },
  );
}
