/** Arrays of PostgreSQL: every item is encoded and decoded as the array's element type. */
import type { Decode, DriverValue, Encode } from "../dialect.ts";
import { storedValueInvalid, valueInvalid } from "../value-error.ts";
import { type ArrayOfTexts, readArrayLiteral, writeArrayLiteral } from "./array-literal.ts";

/**
 * The encoder of an array with so many dimensions. PostgreSQL's arrays are rectangular and know no empty array within
 * an array: it would refuse the one, and silently make another array of the other.
 */
export function arrayEncoder(encodeElement: Encode, dimensions: number): Encode {
  return (value) => {
    const items = encodeItems(value, encodeElement, dimensions);
    if (dimensions > 1) checkRectangular(items, value);
    return writeArrayLiteral(items);
  };
}

function encodeItems(value: unknown, encodeElement: Encode, dimensions: number): ArrayOfTexts {
  if (!Array.isArray(value)) throw valueInvalid("an array", value);
  const items: ArrayOfTexts = [];
  for (const item of value as readonly unknown[]) {
    if (dimensions > 1) items.push(encodeItems(item, encodeElement, dimensions - 1));
    else items.push(item === null ? null : textOf(encodeElement(item)));
  }
  return items;
}

function checkRectangular(items: ArrayOfTexts, value: unknown): void {
  const shape = shapeOf(items);
  if (shape !== undefined && !shape.slice(1).includes(0)) return;
  const fix = "Use a json column for arrays of different lengths.";
  throw valueInvalid("arrays of equal length within the array, none of them empty", value, fix);
}

/** The length in every dimension, `undefined` where it is not the same everywhere. */
function shapeOf(items: ArrayOfTexts): number[] | undefined {
  const shapes = items.map((item) => (Array.isArray(item) ? shapeOf(item) : []));
  const [first = []] = shapes;
  const areEqual = shapes.every((shape) => shape !== undefined && shape.join() === first.join());
  return areEqual ? [items.length, ...first] : undefined;
}

/** As PostgreSQL reads the element's type. */
function textOf(value: DriverValue): string {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : String(value);
}

/** The decoder of an array of elements, whatever its dimensions. */
export function arrayDecoder(decodeElement: Decode | undefined): Decode {
  const decodeItem = (item: string | null | ArrayOfTexts): unknown => {
    if (Array.isArray(item)) return item.map(decodeItem);
    return item === null || decodeElement === undefined ? item : decodeElement(item);
  };
  return (value) => {
    if (typeof value !== "string") throw storedValueInvalid("the text of a PostgreSQL array", value);
    return readArrayLiteral(value).map(decodeItem);
  };
}
