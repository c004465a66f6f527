/** Numbers as Python writes them for `%` and `str.format`: bases, fractions, exponents, signs and groups. */
import { TemplateError } from "../template-error.ts";
import { invalidValue } from "./kind.ts";
import { checkLength } from "./limits.ts";

/** How one value is written. */
export interface FormatSpec {
  readonly fill: string;
  readonly align: "" | "<" | ">" | "^" | "=";
  readonly sign: "" | "+" | "-" | " ";
  readonly alternate: boolean;
  readonly width: number;
  readonly group: "" | "," | "_";
  readonly precision: number | undefined;
  readonly type: string;
}

/** A number by a specification with a type for numbers. */
export function formatNumber(value: unknown, spec: FormatSpec): string {
  const number = typeof value === "boolean" ? Number(value) : value;
  if (typeof number !== "number" && typeof number !== "bigint") {
    throw invalidValue(
      value,
      `\`${spec.type}\` writes numbers only.`,
      "a number",
      "Turn it into one with `int` or `float`.",
    );
  }
  const negative = number < 0 || Object.is(number, -0);
  const size = number < 0 ? -number : number;
  const digits = grouped(magnitude(size, spec), spec.group);
  const sign = negative ? "-" : spec.sign === "-" ? "" : spec.sign;
  return padded(sign + prefix(spec), digits, spec);
}

/** A text or a number in its width; a sign stays in front of `=` padding. */
export function padded(sign: string, text: string, spec: FormatSpec): string {
  checkLength(spec.width);
  const missing = spec.width - sign.length - [...text].length;
  if (missing <= 0) return sign + text;
  const fill = (count: number): string => spec.fill.repeat(count);
  switch (spec.align) {
    case "<":
      return sign + text + fill(missing);
    case "^":
      return fill(Math.floor(missing / 2)) + sign + text + fill(Math.ceil(missing / 2));
    case "=":
      return sign + fill(missing) + text;
    default:
      return fill(missing) + sign + text;
  }
}

function prefix(spec: FormatSpec): string {
  return spec.alternate && "xXob".includes(spec.type) && spec.type !== "" ? `0${spec.type}` : "";
}

function magnitude(size: number | bigint, spec: FormatSpec): string {
  switch (spec.type) {
    case "d":
    case "i":
    case "u":
      return whole(size).toString();
    case "x":
      return whole(size).toString(16);
    case "X":
      return whole(size).toString(16).toUpperCase();
    case "o":
      return whole(size).toString(8);
    case "b":
      return whole(size).toString(2);
    case "%":
      return `${fraction(Number(size) * 100, precisionOf(spec, 6))}%`;
    case "e":
    case "E":
      return cased(exponent(Number(size), precisionOf(spec, 6)), spec);
    case "f":
    case "F":
      return cased(fraction(Number(size), precisionOf(spec, 6)), spec);
    case "g":
    case "G":
      return cased(general(Number(size), precisionOf(spec, 6) || 1, spec.alternate), spec);
    default:
      return spec.precision === undefined ? String(size) : general(Number(size), spec.precision || 1, false);
  }
}

function cased(text: string, spec: FormatSpec): string {
  return spec.type === spec.type.toUpperCase() ? text.toUpperCase() : text;
}

function whole(size: number | bigint): bigint {
  if (typeof size === "bigint") return size;
  if (Number.isFinite(size)) return BigInt(Math.trunc(size));
  throw new TemplateError(
    "LMP_TEMPLATE_VALUE_INVALID",
    "A number without end cannot be written as a whole number.",
    {
      expected: "a finite number",
      found: String(size),
    },
  );
}

function precisionOf(spec: FormatSpec, otherwise: number): number {
  const precision = spec.precision ?? otherwise;
  if (precision <= 100) return precision;
  throw new TemplateError("LMP_TEMPLATE_ARGUMENT_INVALID", "A number is asked for with too many digits.", {
    expected: "at most 100 digits behind the point",
    found: String(precision),
  });
}

function unusual(size: number): string | undefined {
  if (Number.isNaN(size)) return "nan";
  return size === Infinity ? "inf" : undefined;
}

/** With a fixed number of digits behind the point; halves go to the even digit. */
function fraction(size: number, digits: number): string {
  const odd = unusual(size);
  if (odd !== undefined) return odd;
  // toFixed changes to exponents here, where no number has a fraction any more.
  if (size >= 1e21) return BigInt(size).toString() + (digits === 0 ? "" : `.${"0".repeat(digits)}`);
  const rounded = size.toFixed(digits);
  return isHalf(size, digits) && Number(rounded.at(-1)) % 2 === 1 ? lower(rounded, digits) : rounded;
}

/** Whether a number lies exactly between two of so many digits: `toFixed` takes the upper one. */
function isHalf(size: number, digits: number): boolean {
  if (digits > 40) return false;
  return /^50*$/.test(size.toFixed(digits + 60).slice(-60));
}

function lower(rounded: string, digits: number): string {
  const units = BigInt(rounded.replace(".", "")) - 1n;
  const text = units.toString().padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function exponent(size: number, digits: number): string {
  return unusual(size) ?? size.toExponential(digits).replace(/e([+-])(\d)$/, "e$10$2");
}

function general(size: number, precision: number, keepZeros: boolean): string {
  const odd = unusual(size);
  if (odd !== undefined) return odd;
  const digits = Math.min(precision, 100);
  const power = size === 0 ? 0 : Number(size.toExponential(digits - 1).split("e")[1]);
  const text =
    power < -4 || power >= digits
      ? exponent(size, digits - 1)
      : fraction(size, Math.min(100, digits - 1 - power));
  if (keepZeros || !text.includes(".")) return text;
  const [mantissa = "", exponential] = text.split("e");
  const short = mantissa.replace(/\.?0+$/, "");
  return exponential === undefined ? short : `${short}e${exponential}`;
}

function grouped(text: string, group: string): string {
  if (group === "") return text;
  const end = text.search(/[^0-9]/);
  const digits = end === -1 ? text : text.slice(0, end);
  const groups: string[] = [];
  for (let to = digits.length; to > 0; to -= 3) groups.unshift(digits.slice(Math.max(0, to - 3), to));
  return groups.join(group) + text.slice(digits.length);
}
