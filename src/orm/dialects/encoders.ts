/** Finds the encoder or decoder of a column's type: one for a kind, or one made once for a type with details. */
import type { ColumnType, CustomColumnType } from "../model/column-type.ts";
import type { Decode, DriverValue, Encode } from "./dialect.ts";
import { valueInvalid } from "./value-error.ts";

/** The kinds that say all about a type. */
export type SimpleKind = Exclude<ColumnType["kind"], DetailedType["kind"]>;

/** The types whose details matter to their values. */
export type DetailedType = Extract<
  ColumnType,
  { kind: "numeric" | "varchar" | "enumeration" | "array" | "custom" }
>;

/** What a dialect says about values: `make` is called once for each type object. */
export interface Mapping<Way> {
  readonly untyped: Way;
  readonly simple: Readonly<Record<SimpleKind, Way>>;
  readonly make: (type: DetailedType) => Way;
}

/** The same function for the same type, always: a call site that meets one stays fast. */
export function mapped<Way>(mapping: Mapping<Way>): (type: ColumnType | undefined) => Way {
  const made = new WeakMap<ColumnType, { readonly way: Way }>();
  const makeOnce = (type: DetailedType): Way => {
    let entry = made.get(type);
    if (entry === undefined) made.set(type, (entry = { way: mapping.make(type) }));
    return entry.way;
  };
  return (type) => {
    if (type === undefined) return mapping.untyped;
    switch (type.kind) {
      case "numeric":
      case "varchar":
      case "enumeration":
      case "array":
      case "custom":
        return makeOnce(type);
      default:
        return mapping.simple[type.kind];
    }
  };
}

/** What an application's own type gives is bound by its JavaScript type, as if it stood in raw SQL. */
export function customEncoder(type: CustomColumnType, untyped: Encode): Encode {
  return (value) => {
    let encoded: DriverValue;
    try {
      encoded = type.encode(value);
    } catch (cause) {
      throw valueInvalid(`a value of the type ${type.name}`, value, undefined, cause);
    }
    if (encoded instanceof Date || encoded === null)
      throw valueInvalid(
        `what encode of the type ${type.name} may give`,
        encoded,
        "Give a string, number, bigint, boolean or bytes.",
      );
    return untyped(encoded);
  };
}

export function customDecoder(type: CustomColumnType): Decode {
  // A copy: what is decoded may be changed in place, the row it came from may not.
  return (value) => type.decode(value instanceof Uint8Array ? value.slice() : value);
}
