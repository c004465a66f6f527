/** Which names stand for something that no log may show: passwords, tokens, keys, cookies, session ids. */

/** A word of a name that ends in one of these is secret: `password`, `PGPASSWORD`, `accessToken`. */
const secretEndings = [
  "authorization",
  "cookie",
  "cookies",
  "credential",
  "credentials",
  "passcode",
  "passphrase",
  "passwd",
  "password",
  "passwords",
  "secret",
  "secrets",
  "token",
  "tokens",
  "apikey",
  "privatekey",
];

/** A name with one of these as a whole word is secret. */
const secretWords = new Set(["pwd", "jwt", "otp", "sid", "cvv", "cvc", "bearer"]);

/** Answers for names seen before: the same few names come on every line. */
const known = new Map<string, boolean>();
const KNOWN_NAMES = 1000;
const LONGEST_KNOWN = 64;

/**
 * Whether a value of this name is kept out of logs and error pages, however the name is written: `api_key`,
 * `apiKey`, `X-Api-Key`, `DB_PASSWORD`, `Set-Cookie`, `sessionId`, and everything that ends in `_key`.
 *
 * @example
 * ```ts
 * import { isSecretName } from "limpid/log";
 *
 * console.log(isSecretName("X-Api-Key"), isSecretName("refreshToken"), isSecretName("monkey")); // true true false
 * ```
 */
export function isSecretName(name: string): boolean {
  const answer = known.get(name);
  if (answer !== undefined) return answer;
  const secret = examine(name);
  if (name.length <= LONGEST_KNOWN && known.size < KNOWN_NAMES) known.set(name, secret);
  return secret;
}

function examine(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  if (words.length > 1 && (words.at(-1) === "key" || words.at(-1) === "keys")) return true;
  if (/sess(?:ion)?id$/.test(words.join(""))) return true;
  return words.some((word) => secretWords.has(word) || secretEndings.some((ending) => word.endsWith(ending)));
}
