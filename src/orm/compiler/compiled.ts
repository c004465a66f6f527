/** What a compiler makes of a statement: its text and the order in which its values are bound. */
import type { ColumnType } from "../model/column-type.ts";

/**
 * Where the value of a placeholder comes from: the fingerprint numbers the parameters of a tree in the order it meets
 * them, and a compiler may need them in another order, or twice.
 */
export interface Placeholder {
  /** The number of the parameter, from 0. A list counts as one. */
  readonly parameter: number;
  readonly type: ColumnType | undefined;
  /**
   * Of a list: which of its values, `"all"` for the list as one array, each of its values encoded. One beyond the end
   * stands for the last value: lists are padded, so that few lengths make few statements. The steps of a JSON path,
   * an array in a `ParameterNode`, are `"all"` as well.
   */
  readonly item: number | "all" | undefined;
  /** Of a list whose values are rows of values, `(a, b) IN (…)`: which value of the row. */
  readonly component: number | undefined;
  /** What becomes of the encoded value, or of the array of encoded values. Never called for null. */
  readonly form: Form | undefined;
}

/** A value as drivers take it: `DriverValue`, said again so that this file stands alone. */
export type BoundValue = string | number | bigint | boolean | Uint8Array | null | BoundValue[];

/**
 * Turns an encoded value into what is bound in its place: a LIKE pattern into one for GLOB, a list into JSON, the
 * steps of a path into the path. Throws `LMP_ORM_VALUE_INVALID`.
 */
export type Form = (value: BoundValue) => BoundValue;

/** A statement for a driver. */
export interface CompiledStatement {
  readonly sql: string;
  readonly placeholders: readonly Placeholder[];
  /** Whether it gives rows: a query, or a write with RETURNING. */
  readonly givesRows: boolean;
}
