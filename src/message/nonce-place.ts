/** Stands in markup for the nonce of the security policy until the request is known that the markup answers. */
import { LimpidError } from "../errors/index.ts";

/**
 * The text to write into a `<script>` or `<style>` start tag, right behind its name, for the nonce to be put there:
 * see `Html.withNoncePlaces`. It is another one in every process, and nobody outside can guess it, so that text from
 * outside is never taken for it. Do not store it, and do not send it.
 */
export const noncePlace: string = ` nonce="${unguessable()}"`;

/**
 * 128 random bits in hexadecimal. They are needed as soon as the program starts: the system's own generator has them
 * a hundred times sooner than Node has loaded its cryptography, which is for systems without that file.
 */
function unguessable(): string {
  const bytes = Buffer.alloc(16);
  const { closeSync, openSync, readSync } = process.getBuiltinModule("node:fs");
  try {
    const file = openSync("/dev/urandom", "r");
    try {
      if (readSync(file, bytes) === bytes.length) return bytes.toString("hex");
    } finally {
      closeSync(file);
    }
  } catch {
    // There is no such file, or this program may not read it.
  }
  return process.getBuiltinModule("node:crypto").randomBytes(bytes.length).toString("hex");
}

/** The attribute that takes the place: nothing where there is no nonce. */
export function nonceAttribute(nonce: string | undefined): string {
  if (nonce === undefined) return "";
  // CSP 3 §2.3.1, base64-value: no character of it means anything in an attribute.
  if (/^[\w+/-]+={0,2}$/.test(nonce)) return ` nonce="${nonce}"`;
  throw new LimpidError("LMP_HTML_NONCE_INVALID", "The nonce of the request cannot be put into a page.", {
    expected: "base64 or base64url (CSP 3 §2.3.1)",
    found: JSON.stringify(String(nonce).slice(0, 40)),
    fix: "Let `secureHeaders` set `request.nonce`.",
  });
}

/** The markup with the attribute in all places. */
export function fillPlaces(markup: string, attribute: string): string {
  return markup.replaceAll(noncePlace, attribute);
}
