/** Refuses requests that a page of another site makes in the user's name (cross-site request forgery). */
import { ForbiddenError } from "../errors/index.ts";
import type { FormLimits } from "../forms/index.ts";
import { MediaType } from "../http/index.ts";
import type { Html, Request } from "../message/index.ts";
import { hasAmbientCredentials } from "./ambient-credentials.ts";
import { onResponse } from "./applied-later.ts";
import { cryptography } from "./cryptography.ts";
import { CsrfPage, type CsrfSettings, tokenField } from "./csrf-page.ts";
import { CsrfTokens } from "./csrf-token.ts";
import { named } from "./name.ts";
import { optionInvalid } from "./option-invalid.ts";
import { provenanceOf } from "./request-provenance.ts";
import type { Middleware } from "./types.ts";
import { originProblem } from "./web-origin.ts";

/** A key for tokens: at least 32 characters or bytes, chosen at random. */
export type CsrfSecret = string | Uint8Array;

/** Options of `csrf`. */
export interface CsrfOptions {
  /** Other origins whose pages may send forms here, in full and compared whole: `["https://pay.example.com"]`. */
  origins?: readonly string[] | undefined;
  /**
   * The key of the tokens, or several: the first signs, all are accepted. Default: made when the process starts, so
   * that a form that was open then is refused after it, and one of another process at all times.
   */
  secret?: CsrfSecret | readonly CsrfSecret[] | undefined;
  /** What names the user's session, so that a token is good for that session alone. Default: the token's cookie only. */
  session?: ((request: Request) => string | undefined) | undefined;
  /**
   * Limits of a multipart form that has to be read for its token, which happens before its route is known: give what
   * the most generous route permits. Default: those of `request.form()`.
   */
  formLimits?: Partial<FormLimits> | undefined;
}

/** What `csrf` adds to the request. */
export interface CsrfAdded {
  /** A token for this page, for `X-CSRF-Token` or the form field `_csrf`. */
  csrfToken: () => string;
  /** The hidden field of a form, with a token. */
  csrfField: () => Html;
}

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Lets a request that may change something through where a page of this site sent it, or no page at all. `GET`, `HEAD`
 * and `OPTIONS` pass, but for handshakes of WebSockets. For all else the first of these decides:
 *
 * 1. `Sec-Fetch-Site`, which every browser of today sends over TLS: `same-origin` and `none` pass, all else is refused;
 * 2. `Origin`, which has to be protocol and host of this request;
 * 3. without either, and without cookies or other credentials that a browser sends on its own, there is nothing to
 *    forge: programs pass;
 * 4. else the token of the page, in `X-CSRF-Token` or the form field `_csrf`.
 *
 * An origin in `origins` passes wherever 1 or 2 would refuse it. Refused is 403 `LMP_MIDDLEWARE_CSRF_CROSS_ORIGIN` or,
 * by 4, `LMP_MIDDLEWARE_CSRF_TOKEN_INVALID`. The content type is never looked at to decide.
 *
 * @example
 * ```ts
 * import { compose, csrf } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([csrf()], () => "Sent");
 * const ask = async (headers: Record<string, string>) => run(new Request("/", { method: "POST", headers }));
 * console.log((await ask({ "Sec-Fetch-Site": "same-origin" })).status); // 200
 * await ask({ "Sec-Fetch-Site": "cross-site" }).catch((error) => console.log(error.status)); // 403
 * ```
 */
export function csrf(options: CsrfOptions = {}): Middleware<CsrfAdded> {
  const trusted = trustedOrigins(options.origins ?? []);
  const settings = settingsOf(options);
  const middleware: Middleware<CsrfAdded> = (request, next) => {
    const page = new CsrfPage(request, settings);
    request.csrfToken = () => page.token();
    request.csrfField = () => page.field();
    const guarded: typeof next = () => {
      const checking = check(request, page, trusted, options.formLimits);
      return checking === undefined ? next() : checking.then(next);
    };
    return onResponse(request, guarded, (response) => page.finish(response));
  };
  return named("csrf", middleware);
}

/** Throws, or gives a promise where the token has to be read out of the content. */
function check(
  request: Request,
  page: CsrfPage,
  trusted: ReadonlySet<string>,
  limits: Partial<FormLimits> | undefined,
): Promise<void> | undefined {
  const handshake = isHandshake(request);
  if (safe.has(request.method) && !handshake) return undefined;
  const provenance = provenanceOf(request, trusted);
  if (provenance === "own") return undefined;
  if (provenance === "foreign") throw crossOrigin(request);
  // Every browser names the origin in a handshake (RFC 6455 §4.1), so that this one is no browser's.
  if (handshake || !hasAmbientCredentials(request.headers)) return undefined;
  const sent = request.headers.get("x-csrf-token");
  if (sent === null) return tokenInForm(request, limits).then((token) => checkToken(page, token));
  checkToken(page, sent);
  return undefined;
}

function isHandshake({ method, headers }: Request): boolean {
  return method === "GET" && /(?:^|[,\s])websocket(?:[,\s/]|$)/i.test(headers.get("upgrade") ?? "");
}

function checkToken(page: CsrfPage, token: string | undefined): void {
  if (token !== undefined && page.accepts(token)) return;
  throw new ForbiddenError("The request does not prove that a page of this site sent it.", {
    code: "LMP_MIDDLEWARE_CSRF_TOKEN_INVALID",
    expected: "Origin, or the token of a page that this client got",
    found: token === undefined ? "neither" : "a token of another page, session or key",
    fix: "Load the page again and send the form once more. A program sends Origin, or no cookies.",
  });
}

/** The token of a form. The content is there for the handler as if nobody had read it. */
async function tokenInForm(
  request: Request,
  limits: Partial<FormLimits> | undefined,
): Promise<string | undefined> {
  const type = MediaType.parse(request.headers.get("content-type") ?? "")?.essence;
  if (type === "multipart/form-data") return (await request.form({ limits })).get(tokenField);
  if (type !== "application/x-www-form-urlencoded") return undefined;
  const content = await request.bytes();
  request.override({ content });
  const form = await request.form();
  request.override({ content });
  return form.get(tokenField);
}

function crossOrigin(request: Request): ForbiddenError {
  const site = request.headers.get("sec-fetch-site");
  return new ForbiddenError("The request comes from a page of another site.", {
    code: "LMP_MIDDLEWARE_CSRF_CROSS_ORIGIN",
    expected: `a page of ${request.protocol}://${request.host}`.slice(0, 200),
    found: site === null ? `Origin ${request.headers.get("origin")}`.slice(0, 80) : site.slice(0, 80),
    fix: "List the origin in `origins` of csrf if its pages may do this; behind a proxy, use trustProxy.",
  });
}

function trustedOrigins(origins: readonly string[]): ReadonlySet<string> {
  const expected = "a list of origins in full";
  if (!Array.isArray(origins)) {
    throw optionInvalid("origins of csrf", expected, origins, 'Write ["https://pay.example.com"].');
  }
  for (const origin of origins) {
    const problem = originProblem(origin);
    if (problem !== undefined) throw optionInvalid("origins of csrf", expected, origin, problem.fix);
  }
  return new Set(origins);
}

function settingsOf({ secret, session }: CsrfOptions): CsrfSettings {
  const given = secret === undefined ? undefined : new CsrfTokens(checkedKeys(secret));
  let made: CsrfTokens | undefined;
  return {
    tokens: (request) => {
      if (given !== undefined) return given;
      if (made === undefined) {
        made = new CsrfTokens([cryptography().randomBytes(32)]);
        warnOfWorkers(request);
      }
      return made;
    },
    session: (request) => session?.(request) ?? "",
  };
}

function checkedKeys(secret: CsrfSecret | readonly CsrfSecret[]): readonly CsrfSecret[] {
  const keys = typeof secret === "string" || secret instanceof Uint8Array ? [secret] : secret;
  const fits = (key: unknown): boolean =>
    (typeof key === "string" || key instanceof Uint8Array) && key.length >= 32;
  if (Array.isArray(keys) && keys.length > 0 && keys.every(fits)) return keys;
  // What was found is a secret, or nearly one.
  const fix = 'Make one with: node -p "crypto.randomBytes(32).toString(`hex`)".';
  throw optionInvalid("secret of csrf", "a key of at least 32 characters, or a list of them", "another", fix);
}

/** With a key of its own, each worker refuses the tokens of the others. */
function warnOfWorkers(request: Request): void {
  if (process.env.NODE_ENV !== "production") return;
  if (!process.getBuiltinModule("node:cluster").isWorker) return;
  request.log.warn("csrf has no secret, and each worker has made one of its own: give it `secret`");
}
