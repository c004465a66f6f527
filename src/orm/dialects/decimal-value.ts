/** Decimals of a fixed scale: checked and written in one form, so that equal numbers are equal texts. */
import { valueInvalid } from "./value-error.ts";

const decimalForm = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

/**
 * Takes a decimal as a string, `"12.30"`. Fewer digits behind the point than the column has are filled up with zeros,
 * which changes nothing; more are refused, because the database would round.
 */
export function decimalTextCheck(precision: number, scale: number): (value: unknown) => string {
  const expected = describeDecimal(precision, scale);
  return (value) => {
    const match = typeof value === "string" && value.length <= precision + 3 ? decimalForm.exec(value) : null;
    if (match === null) throw valueInvalid(expected, value);
    const [, sign = "", whole = "", fraction = ""] = match;
    if (fraction.length > scale || !fits(whole, precision - scale)) throw valueInvalid(expected, value);
    return writeDecimal(sign, whole, fraction.padEnd(scale, "0"));
  };
}

/** Takes a decimal as a number, where the column's scale holds it without rounding; gives its text. */
export function decimalNumberCheck(precision: number, scale: number): (value: unknown) => string {
  const expected = `${describeDecimal(precision, scale)}, as a number`;
  const limit = 10 ** (precision - scale);
  return (value) => {
    if (typeof value !== "number" || !(Math.abs(value) < limit)) throw valueInvalid(expected, value);
    const text = value === 0 ? (0).toFixed(scale) : value.toFixed(scale);
    if (Number(text) !== value)
      throw valueInvalid(expected, value, "Round the number to the column's scale.");
    return text;
  };
}

function describeDecimal(precision: number, scale: number): string {
  const example = scale === 0 ? '"12"' : `"12.${"30".padEnd(scale, "0").slice(0, scale)}"`;
  return `a decimal like ${example}, ${precision} digits at most, ${scale} of them behind the point`;
}

function fits(whole: string, digits: number): boolean {
  return whole === "0" || whole.length <= digits;
}

function writeDecimal(sign: string, whole: string, fraction: string): string {
  const digits = fraction === "" ? whole : `${whole}.${fraction}`;
  return sign !== "" && /[1-9]/.test(digits) ? `-${digits}` : digits;
}
