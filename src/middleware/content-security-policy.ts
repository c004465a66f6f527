/** The policy that `secureHeaders` sends with pages (W3C Content Security Policy Level 3). */
import { optionInvalid } from "./option-invalid.ts";

/**
 * Sources by directive, where `{nonce}` stands for the nonce of the response. The empty string is a directive without
 * sources, `false` leaves a directive out.
 */
export type Directives = Readonly<Record<string, string | false | undefined>>;

/** What a page may do unless the application says otherwise. */
const defaults: Directives = {
  "default-src": "'self'",
  "script-src": "'nonce-{nonce}' 'strict-dynamic'",
  "style-src": "'self' 'nonce-{nonce}'",
  "img-src": "'self' data:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "object-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'self'",
  "frame-ancestors": "'none'",
  "upgrade-insecure-requests": "",
};

/** What anything but a page may do. */
export const strictPolicy = "default-src 'none'; frame-ancestors 'none'";

/** A policy, ready but for the nonce. */
export class ContentSecurityPolicy {
  /** The texts between which nonces stand. */
  readonly #pieces: readonly string[];
  readonly #plainPieces: readonly string[];

  /** The default policy with these changes. */
  constructor(changes: Directives) {
    const directives = new Map(Object.entries({ ...defaults, ...changes }));
    this.#pieces = policyText(directives).split("{nonce}");
    // A browser that has come without TLS would ask for every style and image over a port that does not answer.
    directives.delete("upgrade-insecure-requests");
    this.#plainPieces = policyText(directives).split("{nonce}");
  }

  /** The field value. `upgrade-insecure-requests` is left out where the connection is not encrypted. */
  fieldValue(nonce: string, encrypted: boolean): string {
    return (encrypted ? this.#pieces : this.#plainPieces).join(nonce);
  }
}

function policyText(directives: ReadonlyMap<string, string | false | undefined>): string {
  const parts: string[] = [];
  for (const [name, sources] of directives) {
    if (sources === false || sources === undefined) continue;
    checkDirective(name, sources);
    parts.push(sources === "" ? name : `${name} ${sources}`);
  }
  return parts.join("; ");
}

/** A semicolon would begin another directive and a comma another policy (CSP §2.2). */
function checkDirective(name: string, sources: string): void {
  if (/^[a-z][a-z-]*$/.test(name) && /^[\x20-\x2b\x2d-\x3a\x3c-\x7e]*$/.test(sources)) return;
  throw optionInvalid(
    "Content-Security-Policy of secureHeaders",
    "directives by name, with sources separated by spaces",
    `${name} ${sources}`,
    'Write each directive by itself: { "img-src": "\'self\' https://images.example.com" }.',
  );
}
