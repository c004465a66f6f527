/** `%s`, `%(name)05.2f` and their like: the fields of Python's `%`. */
import { Html } from "../../message/index.ts";
import { badFormat, count, type Piece } from "./format-piece.ts";
import { item } from "./item.ts";
import { jsonText } from "./json-text.ts";
import { isPlain, kindOf } from "./kind.ts";
import { type FormatSpec, formatNumber, padded } from "./number-format.ts";
import { print } from "./print.ts";

/** Flags, width, precision and type behind a `%`, and the name in front of them. Nothing in it repeats in two ways. */
const field = /%(?:\(([^()]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?(.)?/gsu;

/** The pieces of a text with every field replaced by its value. */
export function* percentFields(template: string, values: unknown): Generator<Piece> {
  const mapping = isPlain(values) || values instanceof Map;
  const given = new Given(Array.isArray(values) ? values : [values]);
  let at = 0;
  for (const match of template.matchAll(field)) {
    yield { text: template.slice(at, match.index), literal: true };
    at = match.index + match[0].length;
    const [whole, name, flags = "", width, precision, type] = match;
    if (type === "%") {
      yield { text: "%", literal: true };
      continue;
    }
    if (type === undefined || !"diouxXeEfFgGcrsa".includes(type)) throw unknownField(whole);
    if (name !== undefined && !mapping)
      throw badFormat(`\`${whole}\` needs named values.`, "an object", kindOf(values));
    const spec = specOf(flags, given.number(width), precisionOf(whole, given.number(precision)), type);
    yield { text: written(name === undefined ? given.next() : item(values, name), spec), literal: false };
  }
  yield { text: template.slice(at), literal: true };
  if (!mapping) given.end();
}

/** The values in order. */
class Given {
  readonly #values: readonly unknown[];
  #index = 0;

  constructor(values: readonly unknown[]) {
    this.#values = values;
  }

  next(): unknown {
    if (this.#index < this.#values.length) return this.#values[this.#index++];
    throw badFormat(
      "The format has more fields than there are values.",
      "a value for every field",
      `${this.#index} values`,
    );
  }

  /** A width or precision: digits, or `*` for the next value. */
  number(spelled: string | undefined): number | undefined {
    if (spelled !== "*") return spelled === undefined ? undefined : count(spelled);
    const value = this.next();
    if (typeof value === "number" && Number.isInteger(value)) return value;
    throw badFormat("`*` in a format needs a whole number.", "a whole number", kindOf(value));
  }

  /** A value that no field took is a slip. */
  end(): void {
    if (this.#index >= this.#values.length) return;
    throw badFormat(
      "The format has fewer fields than there are values.",
      `${this.#index} values`,
      `${this.#values.length} values`,
    );
  }
}

function precisionOf(whole: string, precision: number | undefined): number | undefined {
  return precision === undefined && whole.includes(".") ? 0 : precision;
}

function specOf(
  flags: string,
  width: number | undefined,
  precision: number | undefined,
  type: string,
): FormatSpec {
  const left = flags.includes("-") || (width ?? 0) < 0;
  const zeros = flags.includes("0") && !left && !"crsa".includes(type);
  return {
    fill: zeros ? "0" : " ",
    align: left ? "<" : zeros ? "=" : ">",
    sign: flags.includes("+") ? "+" : flags.includes(" ") ? " " : "",
    alternate: flags.includes("#"),
    width: Math.abs(width ?? 0),
    group: "",
    precision,
    type,
  };
}

function written(value: unknown, spec: FormatSpec): string | Html {
  if (!"crsa".includes(spec.type)) return formatNumber(value, spec);
  if (value instanceof Html && spec.type === "s" && spec.width === 0 && spec.precision === undefined)
    return value;
  const text = textOf(value, spec.type);
  return padded("", spec.precision === undefined ? text : [...text].slice(0, spec.precision).join(""), spec);
}

function textOf(value: unknown, type: string): string {
  if (type === "s") return print(value);
  if (type !== "c") return jsonText(value);
  if (typeof value !== "number") return print(value).slice(0, 2);
  if (Number.isInteger(value) && value >= 0 && value <= 0x10ffff) return String.fromCodePoint(value);
  throw badFormat("`%c` needs the number of a character.", "a whole number up to 1114111", String(value));
}

function unknownField(whole: string): Error {
  return badFormat(
    "A format has a field that is not known.",
    "one of %s %d %f %x %e %g %c %r, or %% for the sign",
    whole.slice(0, 20),
  );
}
