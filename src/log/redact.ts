/** Makes of any value a copy that is fit for a log: bounded, without cycles, without credentials. */
import { exceptionFields, isError } from "./exception-fields.ts";
import { REDACTED, redactText } from "./redact-text.ts";
import { isSecretName } from "./secret-name.ts";

const DEEPEST = 8;
const ENTRIES_OF_ONE = 100;
const OBJECTS_IN_ALL = 2_000;
const LONGEST_TEXT = 16_384;
/** Elements of an array that are longer are no header names. */
const LONGEST_NAME = 64;

/**
 * A copy of the value that is fit for a log. What stands under a secret name (`isSecretName`), at any depth, in
 * objects, arrays of pairs, `Map`s, `Headers` and forms, becomes `"[redacted]"`; so do credentials inside texts
 * (`redactText`). Errors become `exception` and `stack_trace`. At most 8 levels, 100 entries an object, 2,000 objects and
 * 16,384 characters a text are copied. It never throws, whatever getters and proxies do.
 *
 * @example
 * ```ts
 * import { redact } from "limpid/log";
 *
 * const safe = redact({ user: "ada", password: "pw", headers: new Headers({ Cookie: "sid=1", Accept: "text/html" }) });
 * console.log(JSON.stringify(safe));
 * // {"user":"ada","password":"[redacted]","headers":{"accept":"text/html","cookie":"[redacted]"}}
 * ```
 */
export function redact(value: unknown): unknown {
  return new Copying().copy(value, 0);
}

/** A copy of an object's own fields, for a log line; empty for what is no object. */
export function redactFields(value: unknown): Record<string, unknown> {
  const copy = redact(value);
  const fields: Record<string, unknown> = Object.create(null);
  if (Array.isArray(copy)) fields.values = copy;
  else if (typeof copy === "object") Object.assign(fields, copy);
  else if (typeof copy === "string") fields.value = copy;
  return fields;
}

class Copying {
  readonly #ancestors = new Set<object>();
  #objectsLeft = OBJECTS_IN_ALL;

  copy(value: unknown, depth: number): unknown {
    switch (typeof value) {
      case "string":
        return redactText(clipped(value));
      case "number":
        return Number.isFinite(value) ? value : String(value);
      case "bigint":
      case "symbol":
        return String(value);
      case "function":
        return "[function]";
      case "object":
        return value === null ? null : this.#object(value, depth);
      default:
        return value;
    }
  }

  #object(value: object, depth: number): unknown {
    if (this.#ancestors.has(value)) return "[circular]";
    if (depth >= DEEPEST) return "[too deep]";
    if (this.#objectsLeft-- <= 0) return "[too large]";
    this.#ancestors.add(value);
    try {
      return this.#contents(value, depth + 1);
    } catch {
      return "[unreadable]";
    } finally {
      this.#ancestors.delete(value);
    }
  }

  #contents(value: object, depth: number): unknown {
    if (Array.isArray(value)) return this.#elements(value, depth);
    if (isError(value)) return exceptionFields(value, (cause) => JSON.stringify(this.copy(cause, depth)));
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof URL) return redactText(clipped(value.href));
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    if (value instanceof Set) return this.#elements([...first(value)], depth, value.size);
    if (value instanceof Map || isPairs(value)) return this.#pairs(value, depth);
    const { toJSON } = value as { toJSON?: unknown };
    return typeof toJSON === "function"
      ? this.copy(toJSON.call(value, ""), depth)
      : this.#fields(value, depth);
  }

  #elements(values: readonly unknown[], depth: number, size: number = values.length): unknown[] {
    const copies: unknown[] = [];
    for (let index = 0; index < Math.min(values.length, ENTRIES_OF_ONE); index++) {
      const secret = index % 2 === 1 && size % 2 === 0 && this.#isNamed(values[index - 1], values[index]);
      copies.push(secret ? REDACTED : this.copy(values[index], depth));
    }
    if (size > ENTRIES_OF_ONE) copies.push(`… ${size - ENTRIES_OF_ONE} more`);
    return copies;
  }

  /** Names and values that alternate, as in `rawHeaders`, and pairs of a name and a value, are arrays too. */
  #isNamed(name: unknown, value: unknown): boolean {
    return typeof name === "string" && name.length <= LONGEST_NAME && hides(name, value);
  }

  #pairs(pairs: Iterable<unknown>, depth: number): Record<string, unknown> {
    const copies: Record<string, unknown> = Object.create(null);
    let count = 0;
    for (const pair of pairs) {
      if (count++ >= ENTRIES_OF_ONE) {
        copies["…"] = "more";
        break;
      }
      if (!Array.isArray(pair)) continue;
      const [key, value] = pair as [unknown, unknown];
      const name = typeof key === "string" ? key : String(this.copy(key, depth));
      const copy = hides(name, value) ? REDACTED : this.copy(value, depth);
      // A header or a field of a form may come more than once.
      copies[name] = name in copies && copy !== REDACTED ? [copies[name], copy].flat() : copy;
    }
    return copies;
  }

  #fields(value: object, depth: number): Record<string, unknown> {
    const copies: Record<string, unknown> = Object.create(null);
    const names = Object.keys(value);
    const labelled = isLabelledSecret(value);
    for (const name of names.slice(0, ENTRIES_OF_ONE)) {
      let field: unknown;
      try {
        field = (value as Record<string, unknown>)[name];
      } catch {
        field = "[unreadable]";
      }
      if (typeof field === "function" || field === undefined) continue;
      const secret = hides(name, field) || (labelled && name === "value");
      copies[name] = secret ? REDACTED : this.copy(field, depth);
    }
    if (names.length > ENTRIES_OF_ONE) copies["…"] = `${names.length - ENTRIES_OF_ONE} more`;
    return copies;
  }
}

/** Whether the value has to be hidden. Whether there is a password at all may be told, so `false` and `null` stay. */
function hides(name: string, value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== "boolean" && isSecretName(name);
}

/** `{ name: "Authorization", value: "…" }`, the shape of recorded headers and cookies. */
function isLabelledSecret(value: object): boolean {
  if (!("value" in value)) return false;
  const { name, key } = value as { name?: unknown; key?: unknown };
  return (typeof name === "string" && isSecretName(name)) || (typeof key === "string" && isSecretName(key));
}

/** `Headers`, `FormData`, `URLSearchParams` and what is made like them: iterable as pairs, without being consumed. */
function isPairs(value: object): value is Iterable<unknown> {
  const { get, entries, [Symbol.iterator]: iterate } = value as Record<PropertyKey, unknown>;
  return typeof get === "function" && typeof entries === "function" && typeof iterate === "function";
}

function* first(values: Iterable<unknown>): Generator<unknown> {
  let count = 0;
  for (const value of values) {
    if (count++ >= ENTRIES_OF_ONE) return;
    yield value;
  }
}

function clipped(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)}… ${text.length - LONGEST_TEXT} more characters`;
}
