/** Puts a response on a connection: fields, framing (RFC 9112 §6) and content, with back-pressure. */
import { LimpidError } from "../errors/index.ts";
import { encodeChunk, isSameName, statusLine } from "../http/index.ts";
import { bodiless, type Response } from "../message/index.ts";
import type { Connection } from "../tcp/index.ts";
import { dateLine } from "./date-field.ts";
import { type Pieces, pieceOf, piecesOf } from "./pieces.ts";

/** What the response has to fit. */
export interface Reception {
  /** `HEAD` gets the fields without the content. */
  readonly head: { readonly method: string; readonly minorVersion: 0 | 1 };
  /** Whether the connection is closed behind the response. */
  readonly closeAfter: boolean;
}

/** How the end of the content is found: known length, chunks, or the end of the connection. */
type ResponseFraming = "none" | "length" | "chunked" | "close";

/** One write does not exceed this, so that every piece that leaves is seen as progress. */
const PIECE_BYTES = 65_536;

/** What is written at once to a client that has taken the piece before within a second. */
const LARGE_PIECE_BYTES = 262_144;

/** Up to here text that is not ASCII is cheaper to encode twice than to write apart from its head. */
const SHORT_LENGTH = 1024;

/** Whether the connection has to be closed behind this response, whatever the client would permit. */
export function needsClose(response: Response, minorVersion: 0 | 1): boolean {
  const connection = response.field("connection");
  if (connection !== null && /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i.test(connection)) return true;
  return minorVersion === 0 && isStream(response) && announcedLength(response) === undefined;
}

/**
 * Writes a response. Returns undefined when all of it has been handed over, a promise while it takes time.
 * The promise rejects when the content fails on the way; the connection is then of no use any more.
 */
export function writeResponse(
  connection: Connection,
  response: Response,
  reception: Reception,
): Promise<void> | undefined {
  const { content } = response;
  if (content !== null && typeof content !== "string" && !(content instanceof Uint8Array)) {
    return writeStream(connection, response, content, reception);
  }
  const length = typeof content === "string" ? Buffer.byteLength(content) : (content?.length ?? 0);
  const head = headOf(response, reception, bodiless(response.status) ? "none" : "length", length);
  if (content === null || length === 0 || reception.head.method === "HEAD") {
    connection.write(head, "latin1");
    return undefined;
  }
  if (length > PIECE_BYTES) {
    connection.write(head, "latin1");
    return writePieces(connection, typeof content === "string" ? Buffer.from(content) : content);
  }
  // Head and content leave in one piece. As many bytes as characters means ASCII, which latin1 writes fastest.
  if (typeof content === "string" && length === content.length) connection.write(head + content, "latin1");
  else if (length <= SHORT_LENGTH) connection.write(head + asLatin1(content), "latin1");
  else connection.writeTogether(head, asBuffer(content));
  return undefined;
}

function asBuffer(content: string | Uint8Array): Buffer {
  if (typeof content === "string") return Buffer.from(content);
  return Buffer.from(content.buffer, content.byteOffset, content.length);
}

/** A character for each byte that is sent. */
function asLatin1(content: string | Uint8Array): string {
  return asBuffer(content).toString("latin1");
}

/** Sends what is long in pieces, the next one when the system has the one before. */
async function writePieces(connection: Connection, bytes: Uint8Array): Promise<void> {
  let size = PIECE_BYTES;
  for (let at = 0; at < bytes.length; ) {
    const begun = performance.now();
    const piece = bytes.subarray(at, at + size);
    await connection.deliver(piece);
    at += piece.length;
    size = performance.now() - begun < 1000 ? LARGE_PIECE_BYTES : PIECE_BYTES;
  }
}

async function writeStream(
  connection: Connection,
  response: Response,
  content: AsyncIterable<Uint8Array | string>,
  reception: Reception,
): Promise<void> {
  const pieces = piecesOf(content, true);
  // A client that goes away must also free what the stream holds while it waits for its next piece.
  connection.once("close", pieces.cancel);
  let whole = false;
  try {
    const announced = announcedLength(response);
    const framing = streamFraming(response, reception, announced);
    // Together with the pieces that are there already.
    connection.gatherOn();
    connection.write(headOf(response, reception, framing, announced ?? 0), "latin1");
    if (reception.head.method === "HEAD" || framing === "none") return;
    await pump(connection, pieces, framing, announced);
    whole = true;
    // RFC 9112 §7.1: the last chunk, and no trailers.
    if (framing === "chunked") connection.write("0\r\n\r\n", "latin1");
  } finally {
    connection.off("close", pieces.cancel);
    if (!whole) pieces.cancel();
  }
}

function streamFraming(response: Response, reception: Reception, announced?: number): ResponseFraming {
  if (bodiless(response.status)) return "none";
  if (announced !== undefined) return "length";
  return reception.head.minorVersion === 1 ? "chunked" : "close";
}

async function pump(
  connection: Connection,
  pieces: Pieces,
  framing: ResponseFraming,
  announced: number | undefined,
): Promise<void> {
  let sent = 0;
  for (;;) {
    const piece = pieceOf(await pieces.next());
    if (piece === undefined) break;
    const length = typeof piece === "string" ? Buffer.byteLength(piece) : piece.length;
    if (length === 0) continue;
    sent += length;
    if (framing === "length" && sent > (announced ?? 0)) refuseLength(announced, sent);
    const chunked = framing === "chunked";
    const writing =
      pieces.lent && typeof piece !== "string"
        ? writeLent(connection, piece, chunked)
        : writePiece(connection, piece, length, chunked);
    // Waiting for nothing would let every other promise go first.
    if (writing !== undefined) await writing;
  }
  if (framing === "length" && sent !== announced) refuseLength(announced, sent);
}

/** A piece whose memory is used again for the next one: the system must have it before that is asked for. */
function writeLent(connection: Connection, piece: Uint8Array, chunked: boolean): Promise<void> {
  return writePieces(connection, chunked ? encodeChunk(piece) : piece);
}

/** Small pieces are written as latin1, which the connection gathers: those that come at once leave at once. */
function writePiece(
  connection: Connection,
  piece: string | Uint8Array,
  length: number,
  chunked: boolean,
): Promise<void> | undefined {
  if (length <= SHORT_LENGTH) {
    const text = typeof piece === "string" && length === piece.length ? piece : asLatin1(piece);
    const framed = chunked ? `${length.toString(16)}\r\n${text}\r\n` : text;
    return connection.write(framed, "latin1") ? undefined : connection.drained();
  }
  const bytes = chunked ? encodeChunk(asBuffer(piece)) : asBuffer(piece);
  if (bytes.length > PIECE_BYTES) return writePieces(connection, bytes);
  return connection.write(bytes) ? undefined : connection.drained();
}

/** Status line and fields. What frames the message is the server's to say, whatever the application set. */
function headOf(response: Response, reception: Reception, framing: ResponseFraming, length: number): string {
  const { status } = response;
  const { head, closeAfter } = reception;
  // A 304 and the answer to HEAD may tell the length of what a GET would have had, and no other (RFC 9110 §8.6).
  const tellsOnly = status === 304 || (head.method === "HEAD" && response.content === null);
  let text = statusLine(status, response.statusText);
  text += response.fieldLines(tellsOnly ? isFraming : isFramingOrLength);
  if (response.field("date") === null) text += dateLine();
  if (framing === "length" && !tellsOnly) text += `Content-Length: ${length}\r\n`;
  else if (framing === "chunked") text += "Transfer-Encoding: chunked\r\n";
  if (status === 101) text += "Connection: Upgrade\r\n";
  else if (closeAfter) text += "Connection: close\r\n";
  else if (head.minorVersion === 0) text += "Connection: keep-alive\r\n";
  return `${text}\r\n`;
}

function isFraming(name: string): boolean {
  return isSameName(name, "transfer-encoding") || isSameName(name, "connection");
}

function isFramingOrLength(name: string): boolean {
  return isSameName(name, "content-length") || isFraming(name);
}

function isStream(response: Response): boolean {
  const { content } = response;
  return content !== null && typeof content !== "string" && !(content instanceof Uint8Array);
}

function announcedLength(response: Response): number | undefined {
  const field = response.field("content-length");
  return field !== null && /^\d{1,15}$/.test(field) ? Number(field) : undefined;
}

function refuseLength(announced: number | undefined, sent: number): never {
  throw new LimpidError(
    "LMP_RESPONSE_LENGTH_WRONG",
    "The content is not as long as its Content-Length says.",
    {
      expected: `${announced} bytes`,
      found: `${sent} bytes${sent > (announced ?? 0) ? " or more" : ""}`,
      fix: "Leave Content-Length out; the server frames streams by itself.",
    },
  );
}
