/** Takes secrets out of what is logged: by the name of the key, and from the userinfo of URLs. */

const secretNames = new Set([
  "authorization",
  "proxyauthorization",
  "cookie",
  "cookies",
  "setcookie",
  "password",
  "passwd",
  "pwd",
  "passphrase",
  "token",
  "secret",
  "apikey",
  "privatekey",
  "credential",
  "credentials",
  "sessionid",
  "sid",
  "csrf",
  "otp",
]);
const secretEndings = ["password", "passphrase", "token", "secret", "apikey", "privatekey", "secretkey", "accesskey", "signingkey", "encryptionkey", "sessionid"];

/** What stands in the place of a secret. */
export const REDACTED = "[redacted]";

/** Values are looked into this deep; what lies deeper is left out of the log. */
const DEPTH = 8;

/** Whether a key names a secret, whatever its case and separators: `X-Api-Key`, `accessToken`, `db_password`. */
export function isSecret(key: string): boolean {
  const name = key.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (secretNames.has(name) || secretEndings.some((ending) => name.endsWith(ending))) return true;
  return /[_-]key$/i.test(key);
}

/**
 * A copy of the value that is fit to be logged: no secret, no cycle, no getter that throws.
 *
 * @example
 * ```ts
 * import { redact } from "limpid/log";
 *
 * console.log(redact({ user: "ada", password: "hunter2", db: "postgres://ada:hunter2@db/shop" }));
 * // { user: 'ada', password: '[redacted]', db: 'postgres://[redacted]@db/shop' }
 * ```
 */
export function redact(value: unknown): unknown {
  return copy(value, DEPTH, []);
}

function copy(value: unknown, depth: number, above: readonly object[]): unknown {
  if (typeof value === "string") return withoutUserinfo(value);
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  if (typeof value === "function") return `[function ${value.name}]`;
  if (typeof value !== "object" || value === null) return value;
  if (above.includes(value)) return "[circular]";
  if (depth === 0) return "[too deep]";
  const path = [...above, value];
  try {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof Error) return { name: value.name, message: withoutUserinfo(value.message) };
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value)) return value.map((element) => copy(element, depth - 1, path));
    if (value instanceof Set) return [...value].map((element) => copy(element, depth - 1, path));
    return record(entriesOf(value), depth, path);
  } catch {
    return "[unreadable]";
  }
}

function record(entries: Iterable<readonly [unknown, unknown]>, depth: number, path: readonly object[]): object {
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries) {
    const name = String(key);
    result[name] = isSecret(name) ? REDACTED : copy(value, depth - 1, path);
  }
  return result;
}

/** The pairs of a map, of headers, or of a plain object, whose getters may throw. */
function entriesOf(value: object): Iterable<readonly [unknown, unknown]> {
  const isMap = value instanceof Map || ("entries" in value && "get" in value && "has" in value);
  if (isMap && typeof (value as Map<unknown, unknown>).entries === "function") {
    return (value as Map<unknown, unknown>).entries();
  }
  return Object.keys(value).map((key) => {
    try {
      return [key, Reflect.get(value, key)] as const;
    } catch {
      return [key, "[unreadable]"] as const;
    }
  });
}

/** `scheme://user:password@host` without what stands before the `@`. Linear: each part excludes the next one's end. */
export function withoutUserinfo(text: string): string {
  if (!text.includes("://")) return text;
  return text.replace(/:\/\/[^\s/?#@]{1,256}@/g, `://${REDACTED}@`);
}
