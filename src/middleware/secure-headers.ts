/** The fields by which a browser guards a site, all on by default. */
import { isFieldValue } from "../http/index.ts";
import type { Request, Response } from "../message/index.ts";
import { onResponse } from "./applied-later.ts";
import { ContentSecurityPolicy, type Directives, strictPolicy } from "./content-security-policy.ts";
import { named } from "./name.ts";
import { randomNonce } from "./nonce.ts";
import { optionInvalid } from "./option-invalid.ts";
import type { Middleware } from "./types.ts";

/** Fields that are the same on every response. */
const defaults = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Origin-Agent-Cluster": "?1",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  "X-DNS-Prefetch-Control": "off",
  "X-Permitted-Cross-Domain-Policies": "none",
  "X-Download-Options": "noopen",
  "X-XSS-Protection": "0",
} as const;

const transportSecurity = "max-age=63072000; includeSubDomains";

/** Options of `secureHeaders`, by the name of the field: another value, or `false` to leave the field out. */
export type SecureHeadersOptions = {
  readonly [Name in keyof typeof defaults | "Strict-Transport-Security"]?: string | false | undefined;
} & {
  /** Changes to single directives of the policy for pages. */
  readonly "Content-Security-Policy"?: Directives | false | undefined;
};

/**
 * Adds what browsers need to guard the site, on error responses too, and sets `request.nonce`, which `html` and
 * templates put on the scripts and styles of the page by themselves. A field that the response has already stays.
 *
 * A page that carries a nonce is `Cache-Control: private, no-store` unless the response says otherwise, since a cached
 * nonce is none. `Strict-Transport-Security` is sent over TLS only (RFC 6797 §7.2).
 *
 * @example
 * ```ts
 * import { compose, secureHeaders } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([secureHeaders({ "X-Frame-Options": "SAMEORIGIN", "Referrer-Policy": false })], () => "Hi");
 * const { headers } = await run(new Request("/"));
 * console.log(headers.get("x-frame-options"), headers.get("referrer-policy")); // SAMEORIGIN null
 * ```
 */
export function secureHeaders(options: SecureHeadersOptions = {}): Middleware<{ nonce: string }> {
  checkNames(options);
  const { "Content-Security-Policy": directives, "Strict-Transport-Security": strict, ...others } = options;
  const fields = Object.entries({ ...defaults, ...others }).map(([name, value]) => checkedField(name, value));
  const always = fields.filter(([, value]) => value !== false) as [string, string][];
  const [, hsts] = checkedField("Strict-Transport-Security", strict ?? transportSecurity);
  const policy = directives === false ? undefined : new ContentSecurityPolicy(directives ?? {});

  const apply = (response: Response, request: Request, nonce: string): void => {
    const { headers } = response;
    for (const [name, value] of always) if (!headers.has(name)) headers.set(name, value);
    const encrypted = request.protocol === "https";
    if (encrypted && hsts !== false && !headers.has("strict-transport-security")) {
      headers.set("Strict-Transport-Security", hsts);
    }
    if (policy !== undefined) protect(response, policy.fieldValue(nonce, encrypted), nonce);
  };
  const middleware: Middleware<{ nonce: string }> = (request, next) => {
    const nonce = randomNonce();
    request.nonce = nonce;
    return onResponse(request, next, (response) => apply(response, request, nonce));
  };
  return named("secureHeaders", middleware);
}

function protect(response: Response, pagePolicy: string, nonce: string): void {
  const { headers, status } = response;
  // RFC 9111 §4.3.4: the fields of a 304 replace those of the stored page, whose nonce is another one.
  if (status === 304) return;
  if (!headers.has("content-security-policy")) {
    headers.set("Content-Security-Policy", isPage(headers.get("content-type")) ? pagePolicy : strictPolicy);
  }
  const carriesNonce = headers.get("content-security-policy")?.includes(nonce) ?? false;
  if (carriesNonce && !headers.has("cache-control")) headers.set("Cache-Control", "private, no-store");
}

/** Whether a browser takes content of this type for a page that may run scripts. */
function isPage(type: string | null): boolean {
  return type !== null && /^(?:text\/html|application\/xhtml\+xml)(?:[;\s]|$)/i.test(type);
}

function checkNames(options: SecureHeadersOptions): void {
  const known = [...Object.keys(defaults), "Strict-Transport-Security", "Content-Security-Policy"];
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    throw optionInvalid(
      "of secureHeaders",
      `one of ${known.join(", ")}`,
      name,
      "Check the name of the field.",
    );
  }
}

function checkedField(name: string, value: unknown): [name: string, value: string | false] {
  if (value === false) return [name, false];
  if (typeof value === "string" && value !== "" && isFieldValue(value)) return [name, value];
  throw optionInvalid(
    `${name} of secureHeaders`,
    "a field value, or false",
    value,
    "Leave the option out for the default.",
  );
}
