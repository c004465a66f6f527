/** How values map to SQLite: STRICT tables of INTEGER, REAL, TEXT and BLOB. `docs/orm/values.md` has the table. */
import type { ColumnType } from "../../model/column-type.ts";
import { checkDate, checkMoment, checkTime } from "../calendar-value.ts";
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
import { storedValueInvalid, valueInvalid } from "../value-error.ts";

/**
 * How values of a type are bound. Throws `LMP_ORM_VALUE_INVALID` for any other value.
 */
export const encoder = mapped<Encode>({
  untyped: encodeUntyped,
  simple: {
    integer: checkInteger,
    bigint: checkBigInt,
    real: checkReal,
    text: checkText,
    boolean: (value) => (checkBoolean(value) ? 1 : 0),
    timestamp: checkMoment,
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
    timestamp: (value) => new Date(readNumber(value)),
    date: undefined,
    time: undefined,
    json: readJson,
    uuid: undefined,
    bytes: copyBytes,
  },
  make: makeDecoder,
});

/** Whether a result with such a column is read with whole numbers as `bigint`, of all its columns. */
export function needsBigInts(type: ColumnType | undefined): boolean {
  return type?.kind === "bigint";
}

function makeEncoder(type: DetailedType): Encode {
  switch (type.kind) {
    case "numeric":
      return type.as === "number"
        ? realDecimal(type.precision, type.scale)
        : decimalTextCheck(type.precision, type.scale);
    case "varchar":
      return varcharCheck(type.length);
    case "enumeration":
      return enumerationCheck(type.values);
    case "array":
      return refuseArray;
    case "custom":
      return customEncoder(type, encodeUntyped);
  }
}

function makeDecoder(type: DetailedType): Decode | undefined {
  switch (type.kind) {
    case "numeric":
      return type.as === "number" ? readNumber : decimalReader(type.scale);
    case "custom":
      return customDecoder(type);
    default:
      return undefined;
  }
}

function realDecimal(precision: number, scale: number): Encode {
  const check = decimalNumberCheck(precision, scale);
  return (value) => Number(check(value));
}

/** What is stored is text; a sum or an average is a number. */
function decimalReader(scale: number): Decode {
  return (value) => (typeof value === "string" ? value : readNumber(value).toFixed(scale));
}

function refuseArray(value: unknown): never {
  throw valueInvalid(
    "no array: SQLite has none",
    value,
    "Use a json column, or a table of its own for the items.",
  );
}

/** node:sqlite binds a number as REAL, and 7 / 2.0 is not 7 / 2: whole numbers are bound as INTEGER. */
function encodeUntyped(value: unknown): DriverValue {
  switch (typeof value) {
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : checkReal(value);
    case "bigint":
      return checkBigInt(value);
    case "string":
      return checkText(value);
    case "boolean":
      return value ? 1n : 0n;
    default:
      return value === null ? null : value instanceof Date ? BigInt(checkMoment(value)) : checkBytes(value);
  }
}

/** One bigint column makes every whole number of the result a bigint. */
function readNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  throw storedValueInvalid("a number", value);
}

function readBigInt(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  throw storedValueInvalid("a whole number", value);
}

/** A copy, so that bytes which are changed in place differ from those of the row. */
function copyBytes(value: unknown): Uint8Array {
  return checkBytes(value).slice();
}

function readBoolean(value: unknown): boolean {
  if (value === 1 || value === 1n) return true;
  if (value === 0 || value === 0n) return false;
  throw storedValueInvalid("0 or 1", value);
}
