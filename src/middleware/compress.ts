/** Compresses responses for clients that take it, where it pays and gives nothing away (RFC 9110 §8.4, §12.5.3). */
import { acceptsEncoding, type Headers, isCompressible } from "../http/index.ts";
import { type Request, Response } from "../message/index.ts";
import { hasAmbientCredentials } from "./ambient-credentials.ts";
import { type ByteSize, bytesOf } from "./byte-size.ts";
import { CompressedStream } from "./compressed-stream.ts";
import { type Compressor, type ContentCoding, compressorOf } from "./content-coding.ts";
import { named } from "./name.ts";
import { optionInvalid } from "./option-invalid.ts";
import type { Middleware } from "./types.ts";
import { addVary } from "./vary.ts";

/** Options of `compress`. */
export interface CompressOptions {
  /** The codings offered, the one to take where a client likes several equally first. Default zstd, br, gzip. */
  codings?: readonly ContentCoding[] | undefined;
  /** Less content than this stays as it is. Default 1 KiB. */
  threshold?: ByteSize | undefined;
  /** Whether a media type is worth it. Default: text, JSON, XML, scripts, WebAssembly and fonts without compression. */
  type?: ((mediaType: string) => boolean) | undefined;
  /**
   * Whether event streams are compressed too, each event as it comes. Default false: every open stream then holds an
   * encoder, of a quarter of a megabyte or more.
   */
  events?: boolean | undefined;
  /**
   * Compresses also what a page of another site asks for in the user's name. Such a page can choose a part of the
   * content and watch the length, and so guess the secrets beside it (the attack is known as BREACH). Default false.
   */
  insecureCrossSite?: boolean | undefined;
}

/**
 * Compresses content in the coding the client wants most. Text in memory is compressed whole, streams as they flow.
 * A strong `ETag` becomes a weak one, and `Vary: Accept-Encoding` is set also where the client takes no coding.
 *
 * Left as they are: content that is short, of a type that does not become smaller, or coded already; parts of content
 * (206); `Cache-Control: no-transform`, by which a handler keeps a response from being compressed; and what another
 * site's page asks for with the user's cookies, because the length of a compressed page tells what is on it.
 *
 * @example
 * ```ts
 * import { compose, compress } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([compress()], () => "All work and no play. ".repeat(100));
 * const response = await run(new Request("/", { headers: { "Accept-Encoding": "gzip, br" } }));
 * console.log(response.headers.get("content-encoding"), response.headers.get("vary")); // br Accept-Encoding
 * console.log((await response.bytes()).length < 100); // true
 * ```
 */
export function compress(options: CompressOptions = {}): Middleware {
  const compression = new Compression(options);
  return named("compress", (request, next) => {
    const answer = next();
    if (answer instanceof Response) return compression.of(answer, request);
    return answer.then((response) => compression.of(response, request));
  });
}

/** What a client asks for is one of a few texts, so that each is read once. */
const rememberedFields = 64;

class Compression {
  readonly #compressors: ReadonlyMap<string, Compressor>;
  readonly #offers: readonly string[];
  readonly #chosen = new Map<string, Compressor | undefined>();
  readonly #threshold: number;
  readonly #isWorthwhile: (mediaType: string) => boolean;
  readonly #events: boolean;
  readonly #crossSite: boolean;

  constructor(options: CompressOptions) {
    const codings = options.codings ?? ["zstd", "br", "gzip"];
    this.#compressors = new Map(codings.map((coding) => [checkedCoding(coding), compressorOf(coding)]));
    this.#offers = [...codings, "identity"];
    this.#threshold = bytesOf(options.threshold ?? 1024, "threshold of compress");
    this.#isWorthwhile = options.type ?? isCompressible;
    this.#events = options.events ?? false;
    this.#crossSite = options.insecureCrossSite ?? false;
  }

  /** The response to send in place of this one. */
  of(response: Response, request: Request): Response | Promise<Response> {
    if (response.status === 304) return unchanged(response, request);
    if (!this.#isEligible(response)) return response;
    addVary(response.headers, "Accept-Encoding");
    const compressor = this.#choose(request.headers.get("accept-encoding"));
    if (compressor === undefined) return response;
    if (!this.#crossSite && mayBeProbed(request)) return response;
    const { content } = response;
    if (request.method === "HEAD") return coded(response, nothing, compressor);
    if (typeof content !== "string" && !(content instanceof Uint8Array)) {
      return content === null
        ? response
        : coded(response, new CompressedStream(content, compressor), compressor);
    }
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    if (bytes.length <= compressor.atOnce) {
      return smaller(response, bytes, compressor.now(bytes), compressor);
    }
    return compressor.later(bytes).then((result) => smaller(response, bytes, result, compressor));
  }

  /** Whether a client that takes a coding could get this response in it. */
  #isEligible(response: Response): boolean {
    const { content, status } = response;
    if (content === null || status < 200 || status === 206) return false;
    if (typeof content === "string" || content instanceof Uint8Array) {
      // A string has at least as many bytes as characters.
      if (content.length < this.#threshold && Buffer.byteLength(content) < this.#threshold) return false;
    } else if (isShort(response.field("content-length"), this.#threshold)) return false;
    const type = response.field("content-type");
    if (type === null || !this.#isWorthwhile(type)) return false;
    if (!this.#events && /^text\/event-stream(?:[;\s]|$)/i.test(type)) return false;
    return !isFinal(response);
  }

  #choose(field: string | null): Compressor | undefined {
    if (field === null) return undefined;
    if (this.#chosen.has(field)) return this.#chosen.get(field);
    const chosen = this.#compressors.get(acceptsEncoding(field, this.#offers) ?? "identity");
    if (this.#chosen.size < rememberedFields) this.#chosen.set(field, chosen);
    return chosen;
  }
}

/** Whether the content is coded, or a part, or promised octet for octet (RFC 9530), or to stay as it is (RFC 9111 §5.2.2.6). */
function isFinal(response: Response): boolean {
  if (response.field("content-encoding") !== null || response.field("content-range") !== null) return true;
  if (response.field("content-digest") !== null || response.field("repr-digest") !== null) return true;
  const cacheControl = response.field("cache-control");
  return cacheControl !== null && /(?:^|[,\s])no-transform(?:[,\s]|$)/i.test(cacheControl);
}

function isShort(contentLength: string | null, threshold: number): boolean {
  return contentLength !== null && Number(contentLength) < threshold;
}

/**
 * Whether a page of another site may have made the browser send this in the user's name. A browser that does not say
 * where a request comes from is told apart from a program only by its cookies. Without TLS there is nothing to guess.
 */
function mayBeProbed({ headers, protocol }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return false;
  if (site === null && protocol !== "https") return false;
  return hasAmbientCredentials(headers);
}

function smaller(
  response: Response,
  bytes: Uint8Array,
  result: Uint8Array<ArrayBuffer>,
  compressor: Compressor,
): Response {
  return result.length < bytes.length ? coded(response, result, compressor) : response;
}

/** The response with other content, and with the fields that tell of it. */
function coded(
  response: Response,
  content: Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array>,
  { coding }: Compressor,
): Response {
  const { headers, status, statusText } = response;
  headers.set("Content-Encoding", coding);
  headers.delete("content-length");
  // Parts of what is compressed on the way are not to be had.
  headers.delete("accept-ranges");
  weaken(headers);
  const result = new Response(content, { status, statusText, headers });
  result.error = response.error;
  return result;
}

/** Octets differ with the coding, so that only the weak comparison may hold (RFC 9110 §8.8.1). */
function weaken(headers: Headers): void {
  const etag = headers.get("etag");
  if (etag?.startsWith('"')) headers.set("ETag", `W/${etag}`);
}

/** A 304 has the fields that choose and name the stored response (RFC 9110 §15.4.5), as the client has got them. */
function unchanged(response: Response, request: Request): Response {
  const etag = response.field("etag");
  if (etag === null) return response;
  addVary(response.headers, "Accept-Encoding");
  if (request.headers.get("if-none-match")?.includes(`W/${etag}`)) weaken(response.headers);
  return response;
}

/**
 * What a HEAD gets in the place of compressed content. The length is not known without compressing, and the field has
 * to be left out then (RFC 9110 §8.6), as it is where content is streamed.
 */
const nothing: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
};

function checkedCoding(coding: unknown): ContentCoding {
  if (coding === "zstd" || coding === "br" || coding === "gzip") return coding;
  throw optionInvalid("codings of compress", '"zstd", "br" and "gzip"', coding, 'Write ["br", "gzip"].');
}
