/** Lets pages of named other origins read the responses (Fetch standard, "CORS protocol"). */
import { LimpidError } from "../errors/index.ts";
import type { Headers } from "../http/index.ts";
import { isToken } from "../http/index.ts";
import { type Request, Response } from "../message/index.ts";
import { onResponse } from "./applied-later.ts";
import { named } from "./name.ts";
import { optionInvalid } from "./option-invalid.ts";
import type { Middleware } from "./types.ts";
import { addVary } from "./vary.ts";
import { originProblem } from "./web-origin.ts";

/** Options of `cors`. */
export interface CorsOptions {
  /** Origins in full, as browsers send them: `["https://app.example.com"]`; `"*"` for any, without credentials. */
  origins: "*" | readonly string[];
  /** Whether pages may send cookies and read the answer. Default false. */
  credentials?: boolean | undefined;
  /** Methods a page may use. Default `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`. */
  methods?: readonly string[] | undefined;
  /** Request fields a page may set beside the safelisted ones. Default `Content-Type`. */
  headers?: readonly string[] | undefined;
  /** Response fields a page may read beside the safelisted ones. Default none. */
  exposeHeaders?: readonly string[] | undefined;
  /** How long a browser may remember the answer to a preflight, in seconds. Default 600. */
  maxAge?: number | undefined;
}

/**
 * Answers preflights with 204 and adds the fields by which a browser lets a page of a listed origin read a response,
 * on error responses too. A request from any other origin is served without them: CORS opens, it guards nothing.
 *
 * Origins are compared whole. `*` with credentials, the origin `null` and anything that is no origin are refused when
 * the middleware is created: `LMP_MIDDLEWARE_CORS_REFUSED`. Every response gets `Vary: Origin`.
 *
 * @example
 * ```ts
 * import { compose, cors } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([cors({ origins: ["https://app.example.com"] })], () => ({ ok: true }));
 * const response = await run(new Request("/", { headers: { Origin: "https://app.example.com" } }));
 * console.log(response.headers.get("access-control-allow-origin")); // https://app.example.com
 * ```
 */
export function cors(options: CorsOptions): Middleware {
  const policy = policyOf(options);
  return named("cors", (request, next) => {
    const allowed = policy.allowed(request.headers.get("origin"));
    if (isPreflight(request)) return preflight(policy, allowed);
    return onResponse(request, next, ({ headers }) => {
      addVary(headers, "Origin");
      if (allowed === undefined) return;
      headers.set("Access-Control-Allow-Origin", allowed);
      if (policy.credentials) headers.set("Access-Control-Allow-Credentials", "true");
      if (policy.exposeHeaders !== "") headers.set("Access-Control-Expose-Headers", policy.exposeHeaders);
    });
  });
}

interface Policy {
  /** The value of `Access-Control-Allow-Origin` for an origin; undefined where there is none. */
  allowed(origin: string | null): string | undefined;
  credentials: boolean;
  methods: string;
  headers: string;
  exposeHeaders: string;
  maxAge: string;
}

function policyOf(options: CorsOptions): Policy {
  const { origins, credentials = false, maxAge = 600 } = options;
  const listed = originsOf(origins, credentials);
  if (!Number.isInteger(maxAge) || maxAge < 0) {
    throw optionInvalid("maxAge of cors", "whole seconds, at least 0", maxAge, "For ten minutes write 600.");
  }
  return {
    allowed: (origin) => {
      if (listed === "*") return "*";
      return origin !== null && listed.has(origin) ? origin : undefined;
    },
    credentials,
    methods: tokens("methods", options.methods ?? ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]),
    headers: tokens("headers", options.headers ?? ["Content-Type"]),
    exposeHeaders: tokens("exposeHeaders", options.exposeHeaders ?? []),
    maxAge: String(maxAge),
  };
}

/** A CORS-preflight request (Fetch standard §3.3.1). */
function isPreflight(request: Request): boolean {
  const { headers } = request;
  return (
    request.method === "OPTIONS" && headers.has("origin") && headers.has("access-control-request-method")
  );
}

function preflight(policy: Policy, allowed: string | undefined): Response {
  const response = Response.empty({ headers: { Vary: "Origin" } });
  if (allowed === undefined) return response;
  const set = (name: string, value: string): void => {
    if (value !== "") (response.headers as Headers).set(name, value);
  };
  set("Access-Control-Allow-Origin", allowed);
  set("Access-Control-Allow-Credentials", policy.credentials ? "true" : "");
  set("Access-Control-Allow-Methods", policy.methods);
  set("Access-Control-Allow-Headers", policy.headers);
  set("Access-Control-Max-Age", policy.maxAge);
  return response;
}

function originsOf(origins: CorsOptions["origins"], credentials: boolean): "*" | ReadonlySet<string> {
  if (origins === "*") {
    if (!credentials) return "*";
    throw refused("`*` with credentials", "List the origins that may send credentials.");
  }
  if (!Array.isArray(origins) || origins.length === 0) {
    throw refused(
      Array.isArray(origins) ? "an empty list" : String(origins),
      "List the origins of your pages.",
    );
  }
  for (const origin of origins) checkOrigin(origin);
  return new Set(origins);
}

function checkOrigin(origin: unknown): void {
  if (origin === "*") throw refused('"*" in a list', 'Write origins: "*" alone, or list each origin.');
  const problem = originProblem(origin);
  if (problem !== undefined) throw refused(problem.found, problem.fix);
}

function refused(found: string, fix: string): LimpidError {
  return new LimpidError("LMP_MIDDLEWARE_CORS_REFUSED", "The origins of cors cannot be used.", {
    expected: 'a list of origins in full, or "*" without credentials',
    found,
    fix,
  });
}

function tokens(option: string, list: readonly string[]): string {
  for (const token of list) {
    if (typeof token === "string" && isToken(token)) continue;
    throw optionInvalid(
      `${option} of cors`,
      "a list of names",
      token,
      'Write each name alone, as in ["X-Total"].',
    );
  }
  return list.join(", ");
}
