/** Names a column type in a fingerprint: the same type, the same key; cheap for the types that are a word. */
import type { ColumnType, CustomColumnType } from "../model/column-type.ts";
import { intern } from "./intern.ts";

const words: Readonly<
  Record<Exclude<ColumnType["kind"], "numeric" | "varchar" | "enumeration" | "array" | "custom">, string>
> = {
  integer: "i",
  bigint: "g",
  real: "r",
  text: "t",
  boolean: "b",
  timestamp: "s",
  date: "d",
  time: "h",
  json: "j",
  uuid: "u",
  bytes: "y",
};

/** Types with more to them than a word, by identity: a model has one object for each of its columns. */
const keys = new WeakMap<ColumnType, string>();
const customTypes = new WeakMap<CustomColumnType["encode"], WeakMap<CustomColumnType["decode"], number>>();
let customs = 0;

/** The key of a type; no key is the beginning of another. `-` for none. */
export function typeKey(type: ColumnType | undefined): string {
  if (type === undefined) return "-";
  switch (type.kind) {
    case "numeric":
    case "varchar":
    case "enumeration":
    case "array":
    case "custom": {
      let key = keys.get(type);
      if (key === undefined) keys.set(type, (key = compoundKey(type)));
      return key;
    }
    default:
      return words[type.kind];
  }
}

function compoundKey(
  type: Extract<ColumnType, { kind: "numeric" | "varchar" | "enumeration" | "array" | "custom" }>,
): string {
  switch (type.kind) {
    case "numeric":
      return `n${type.precision},${type.scale}${type.as === "number" ? "#" : "$"}`;
    case "varchar":
      return `v${type.length};`;
    case "enumeration":
      return `e${intern(type.values.map((value) => `${value.length}:${value}`).join(""))}`;
    case "array":
      return `a${typeKey(type.element)}`;
    case "custom":
      return `x${customNumber(type)};${intern(`${type.name.length}:${type.name}${JSON.stringify(type.sql)}`)}`;
  }
}

/** Of custom types only the functions tell how values are encoded; two columns may share them. */
function customNumber(type: CustomColumnType): number {
  let decoders = customTypes.get(type.encode);
  if (decoders === undefined) customTypes.set(type.encode, (decoders = new WeakMap()));
  let number = decoders.get(type.decode);
  if (number === undefined) decoders.set(type.decode, (number = customs++));
  return number;
}
