/** How values map to PostgreSQL, whose driver takes and gives texts. `docs/orm/values.md` has the table. */
import type { ColumnType } from "../../model/column-type.ts";
import { checkDate, checkMoment, checkTime, readMoment, readTime } from "../calendar-value.ts";
import { decimalNumberCheck, decimalTextCheck } from "../decimal-value.ts";
import type { Decode, DriverValue, Encode } from "../dialect.ts";
import { customDecoder, customEncoder, type DetailedType, mapped } from "../encoders.ts";
import { readJson, writeJson } from "../json-value.ts";
import {
  checkBigInt,
  checkBoolean,
  checkBytes,
  checkInteger,
  checkReal,
  checkText,
  checkUuid,
  enumerationCheck,
  varcharCheck,
} from "../value-checks.ts";
import { storedValueInvalid } from "../value-error.ts";
import { arrayDecoder, arrayEncoder } from "./array-values.ts";

/**
 * How values of a type are bound. Throws `LMP_ORM_VALUE_INVALID` for any other value.
 */
export const encoder = mapped<Encode>({
  untyped: encodeUntyped,
  simple: {
    integer: checkInteger,
    bigint: checkBigInt,
    real: (value) => signedNumber(checkReal(value)),
    text: checkText,
    boolean: checkBoolean,
    timestamp: (value) => new Date(checkMoment(value)).toISOString(),
    date: checkDate,
    time: checkTime,
    json: writeJson,
    uuid: checkUuid,
    bytes: checkBytes,
  },
  make: makeEncoder,
});

/** How values of a type are read; `undefined` where what the driver gives is right as it is. */
export const decoder = mapped<Decode | undefined>({
  untyped: undefined,
  simple: {
    integer: readNumber,
    bigint: readBigInt,
    real: readNumber,
    text: undefined,
    boolean: readBoolean,
    timestamp: readMoment,
    date: undefined,
    time: readTime,
    json: readJson,
    uuid: undefined,
    bytes: readBytes,
  },
  make: makeDecoder,
});

/** Never: every value comes as text. */
export function needsBigInts(_type: ColumnType | undefined): boolean {
  return false;
}

function makeEncoder(type: DetailedType): Encode {
  switch (type.kind) {
    case "numeric":
      return (type.as === "number" ? decimalNumberCheck : decimalTextCheck)(type.precision, type.scale);
    case "varchar":
      return varcharCheck(type.length);
    case "enumeration":
      return enumerationCheck(type.values);
    case "array": {
      const { element, dimensions } = innermost(type);
      return arrayEncoder(encoder(element), dimensions);
    }
    case "custom":
      return customEncoder(type, encodeUntyped);
  }
}

function makeDecoder(type: DetailedType): Decode | undefined {
  switch (type.kind) {
    case "numeric":
      return type.as === "number" ? readNumber : undefined;
    case "array":
      return arrayDecoder(decoder(innermost(type).element));
    case "custom":
      return customDecoder(type);
    default:
      return undefined;
  }
}

/** PostgreSQL has arrays of several dimensions, not arrays of arrays. */
function innermost(type: ColumnType): { element: ColumnType; dimensions: number } {
  let element = type;
  let dimensions = 0;
  for (; element.kind === "array"; element = element.element) dimensions++;
  return { element, dimensions };
}

function encodeUntyped(value: unknown): DriverValue {
  switch (typeof value) {
    case "number":
      return signedNumber(checkReal(value));
    case "bigint":
      return checkBigInt(value);
    case "string":
      return checkText(value);
    case "boolean":
      return value;
    default:
      if (value === null) return null;
      return value instanceof Date ? new Date(checkMoment(value)).toISOString() : checkBytes(value);
  }
}

/** `String(-0)` is "0". */
function signedNumber(value: number): number | string {
  return Object.is(value, -0) ? "-0" : value;
}

function readNumber(value: unknown): number {
  if (typeof value === "string" && value !== "") return Number(value);
  if (typeof value === "number") return value;
  throw storedValueInvalid("a number", value);
}

function readBigInt(value: unknown): bigint {
  if (typeof value === "string" && value !== "") return BigInt(value);
  throw storedValueInvalid("a whole number", value);
}

function readBoolean(value: unknown): boolean {
  if (value === "t") return true;
  if (value === "f") return false;
  throw storedValueInvalid("t or f", value);
}

/** `\x` and hexadecimal digits: PostgreSQL §8.4.1. */
function readBytes(value: unknown): Uint8Array {
  if (typeof value !== "string" || !value.startsWith("\\x"))
    throw storedValueInvalid("bytes in hexadecimal", value);
  return new Uint8Array(Buffer.from(value.slice(2), "hex"));
}
