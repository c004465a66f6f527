/** Values as SQL compares them: the order of each kind, the logic of three values, LIKE. */

/** The kinds of values that the random queries calculate with. */
export type Kind =
  | "integer"
  | "real"
  | "text"
  | "boolean"
  | "bigint"
  | "decimal"
  /** A decimal that was computed: on SQLite a number and no text, so that the two are not to be mixed in one column. */
  | "amount"
  | "moment"
  | "day"
  | "time"
  | "uuid"
  | "bytes"
  | "mood";

/** A value of TypeScript as the columns give it; null for nothing. */
export type Scalar = number | string | boolean | bigint | Date | Uint8Array | null;

/** True, false, or null where nobody knows. */
export type Truth = boolean | null;

/** Less than, equal to or greater than 0; neither is null. */
export function compared(kind: Kind, left: Scalar, right: Scalar): number {
  if (typeof left === "string" && kind !== "decimal" && kind !== "amount")
    return Buffer.compare(Buffer.from(left), Buffer.from(String(right)));
  if (left instanceof Uint8Array) return Buffer.compare(left, right as Uint8Array);
  if (typeof left === "bigint") return left < (right as bigint) ? -1 : Number(left > (right as bigint));
  return Number(left) - Number(right);
}

/** As for DISTINCT, GROUP BY and `is not distinct from`: null is the same as null. */
export function isSame(kind: Kind, left: Scalar, right: Scalar): boolean {
  if (left === null || right === null) return left === right;
  return compared(kind, left, right) === 0;
}

/** What nothing is known of stays unknown. */
export function known(left: Scalar, right: Scalar, test: (left: Scalar, right: Scalar) => boolean): Truth {
  return left === null || right === null ? null : test(left, right);
}

export function both(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

export function either(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(null) ? null : false;
}

export function opposite(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

/** `value IN (items)`: unknown where an item is, unless another is equal. */
export function isAmong(kind: Kind, value: Scalar, items: readonly Scalar[]): Truth {
  return either(items.map((item) => known(value, item, (left, right) => compared(kind, left, right) === 0)));
}

/** `text LIKE pattern` with `%`, `_` and `\`. */
export function isLike(text: string, pattern: string, insensitive = false): boolean {
  const source = pattern.replace(/\\(.)|[\s\S]/gu, (found: string, escaped: string | undefined) => {
    if (escaped !== undefined) return literally(escaped);
    if (found === "%") return "[\\s\\S]*";
    return found === "_" ? "[\\s\\S]" : literally(found);
  });
  return new RegExp(`^${source}$`, insensitive ? "ui" : "u").test(text);
}

function literally(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/u, "\\$&");
}
