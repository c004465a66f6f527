/** How values map to MariaDB and MySQL, bound in real prepared statements alone. `docs/orm/values.md` has the table. */
import type { ColumnType } from "../../model/column-type.ts";
import { checkDate, checkMoment, checkTime, readMoment, readTime, writeMoment } from "../calendar-value.ts";
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
    timestamp: (value) => writeMoment(checkMoment(value)),
    date: checkDate,
    time: checkTime,
    json: writeJson,
    uuid: checkUuid,
    bytes: (value) => bufferOf(checkBytes(value)),
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

/** Never: what is too large for a number comes as text. */
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
    case "array":
      return refuseArray;
    case "custom":
      return customEncoder(type, encodeUntyped);
  }
}

function makeDecoder(type: DetailedType): Decode | undefined {
  switch (type.kind) {
    case "numeric":
      return type.as === "number" ? readNumber : undefined;
    case "custom":
      return customDecoder(type);
    default:
      return undefined;
  }
}

function refuseArray(value: unknown): never {
  throw valueInvalid(
    "no array: MySQL has none",
    value,
    "Use a json column, or a table of its own for the items.",
  );
}

function encodeUntyped(value: unknown): DriverValue {
  switch (typeof value) {
    case "number":
      return wholeOrReal(checkReal(value));
    case "bigint":
      return checkBigInt(value);
    case "string":
      return checkText(value);
    case "boolean":
      return value ? 1 : 0;
    default:
      if (value === null) return null;
      return value instanceof Date ? writeMoment(checkMoment(value)) : bufferOf(checkBytes(value));
  }
}

/** mysql2 binds a number as DOUBLE, which LIMIT refuses; a bigint goes as its digits. */
function wholeOrReal(value: number): DriverValue {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
}

/** mysql2 binds bytes only as a Buffer; this is the same memory. */
function bufferOf(bytes: Uint8Array): Uint8Array {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "string" && value !== "") return Number(value);
  throw storedValueInvalid("a number", value);
}

function readBigInt(value: unknown): bigint {
  if (typeof value === "string" && value !== "") return BigInt(value);
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  throw storedValueInvalid("a whole number", value);
}

/** Comparisons come as BIGINT, and so as text. */
function readBoolean(value: unknown): boolean {
  if (value === 1 || value === "1") return true;
  if (value === 0 || value === "0") return false;
  throw storedValueInvalid("0 or 1", value);
}

/** A Buffer has methods that differ from those of Uint8Array, and may share its memory with other values. */
function readBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw storedValueInvalid("bytes", value);
  return new Uint8Array(value);
}
