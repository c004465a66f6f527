/** Entity tags and preconditions for what handlers answer (RFC 9110 §13); files have their own. */
import { HttpError } from "../errors/index.ts";
import { entityTag, evaluatePreconditions, Headers, parseHttpDate, type Validators } from "../http/index.ts";
import { type Request, Response } from "../message/index.ts";
import { type ByteSize, bytesOf } from "./byte-size.ts";
import { isPromise } from "./compose.ts";
import { cryptography } from "./cryptography.ts";
import { named } from "./name.ts";
import { discard } from "./next-misused.ts";
import type { Middleware, Next } from "./types.ts";

/** What is known of a resource before a method changes it: validators, null for none there, undefined for unknown. */
export type KnownValidators = Validators | null | undefined;

/** Options of `conditional`. */
export interface ConditionalOptions {
  /**
   * Whether the tags promise equal octets. Default false: a weak one stays true when the content is compressed further
   * out.
   */
  strong?: boolean | undefined;
  /** Larger content gets no tag made of it. Default 256 KiB. */
  limit?: ByteSize | undefined;
  /**
   * Whether content for one user alone, `Cache-Control: private` or asked for with `Authorization`, gets a tag too.
   * Default false: the tag would tell whether it has changed to whoever sees the fields.
   */
  private?: boolean | undefined;
  /**
   * The validators of what the request is about to change, so that `If-Match` and its like are judged before the
   * handler runs. Asked only where a method other than `GET` and `HEAD` comes with a precondition.
   */
  validators?: ((request: Request) => KnownValidators | Promise<KnownValidators>) | undefined;
}

/**
 * Answers 304 where the client has the content already. A 200 to `GET` or `HEAD` gets an `ETag`, a hash of its content,
 * unless it has one, streams, or is meant for one user; a tag or `Last-Modified` of the handler's own is heeded. The
 * handler runs all the same: what is saved is the way, not the work.
 *
 * A precondition that fails is 412 `LMP_MIDDLEWARE_PRECONDITION_FAILED`, on methods that change something only where
 * `validators` tells what there is.
 *
 * @example
 * ```ts
 * import { compose, conditional } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([conditional()], () => ({ title: "Tides" }));
 * const etag = (await run(new Request("/"))).headers.get("etag") ?? "";
 * const again = await run(new Request("/", { headers: { "If-None-Match": etag } }));
 * console.log(again.status, again.headers.get("etag") === etag); // 304 true
 * ```
 */
export function conditional(options: ConditionalOptions = {}): Middleware {
  const limit = bytesOf(options.limit ?? 262_144, "limit of conditional");
  const { strong = false, private: personal = false, validators } = options;
  const judged = (response: Response, request: Request): Response => {
    if (response.status !== 200) return response;
    let etag = response.field("etag");
    if (etag === null && isHeld(response, limit) && (personal ? mayHaveTag : isForAll)(response, request)) {
      etag = tagOf(response, strong);
      response.headers.set("ETag", etag);
    }
    return answerTo(request, response, etag);
  };
  return named("conditional", (request, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return validators === undefined || !hasPrecondition(request.headers)
        ? next()
        : guarded(request, next, validators(request));
    }
    const answer = next();
    if (answer instanceof Response) return judged(answer, request);
    return answer.then((response) => judged(response, request));
  });
}

function hasPrecondition(headers: Headers): boolean {
  return headers.has("if-match") || headers.has("if-none-match") || headers.has("if-unmodified-since");
}

/** RFC 9110 §13.2.1: judged before the method is performed. */
function guarded(
  request: Request,
  next: Next,
  validators: KnownValidators | Promise<KnownValidators>,
): Response | Promise<Response> {
  const go = (known: KnownValidators): Response | Promise<Response> => {
    if (known === undefined) return next();
    if (evaluatePreconditions(request, known ?? undefined) !== "proceed") throw failed();
    return next();
  };
  return isPromise<KnownValidators>(validators) ? Promise.resolve(validators).then(go) : go(validators);
}

function isHeld({ content }: Response, limit: number): boolean {
  if (typeof content === "string") return content.length <= limit;
  return content instanceof Uint8Array && content.length <= limit;
}

/** Where nothing may be stored, or a cookie makes the response another one each time, a tag is of no use. */
function mayHaveTag(response: Response): boolean {
  return (
    !/(?:^|[,\s])no-store(?:[,\s]|$)/i.test(response.field("cache-control") ?? "") && !setsCookie(response)
  );
}

/** Whether the response may be the same for everybody (RFC 9111 §3.5, §5.2.2). */
function isForAll(response: Response, request: Request): boolean {
  const control = response.field("cache-control") ?? "";
  if (/(?:^|[,\s])(?:private|no-store)(?:[,\s=]|$)/i.test(control) || setsCookie(response)) return false;
  const varies = response.field("vary");
  if (varies !== null && /(?:^|[,\s])(?:\*|cookie|authorization)(?:[,\s]|$)/i.test(varies)) return false;
  return !request.headers.has("authorization") || /(?:^|[,\s])public(?:[,\s]|$)/i.test(control);
}

function setsCookie(response: Response): boolean {
  return response.field("set-cookie") !== null;
}

/** 128 bits and a little of SHA-256: nobody finds two contents with one tag. */
function tagOf({ content }: Response, strong: boolean): string {
  const digest = cryptography().hash("sha256", content as string | Uint8Array, "base64url");
  return entityTag(digest.slice(0, 22), { weak: !strong });
}

function answerTo(request: Request, response: Response, etag: string | null): Response {
  const lastModified = response.field("last-modified");
  if (etag === null && lastModified === null) return response;
  const verdict = evaluatePreconditions(request, {
    etag: etag ?? undefined,
    lastModified: lastModified === null ? undefined : parseHttpDate(lastModified)?.getTime(),
  });
  if (verdict === "proceed") return response;
  discard(response);
  if (verdict === "precondition-failed") throw failed();
  return notModified(response);
}

/** What describes the content and not the answer; a client keeps what it has of it (RFC 9110 §15.4.5). */
const ofContent = ["content-type", "content-length", "content-encoding", "content-language", "accept-ranges"];

function notModified(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const name of ofContent) headers.delete(name);
  return new Response(null, { status: 304, headers });
}

function failed(): HttpError {
  return new HttpError(412, "What there is now is not what the request is about.", {
    code: "LMP_MIDDLEWARE_PRECONDITION_FAILED",
    expected: "a precondition that holds",
    found: "another version, or none",
    fix: "Get the current version, and repeat the change with its ETag.",
  });
}
