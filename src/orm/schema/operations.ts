/** The changes of a schema as data: `diff.ts` finds them, `apply.ts` follows them, `render.ts` writes them in SQL. */
import type {
  CheckSchema,
  ColumnSchema,
  ForeignKeySchema,
  IndexSchema,
  TableSchema,
  UniqueSchema,
} from "./schema.ts";

/**
 * One change. Names are those at the moment of the operation: what stands behind a `renameTable` uses the new name.
 * Renames carry along what depends on the name: foreign keys, expressions, and the names of constraints and indexes
 * that were made from it.
 */
export type Operation =
  | { readonly kind: "createTable"; readonly table: TableSchema }
  | { readonly kind: "dropTable"; readonly table: string }
  | { readonly kind: "renameTable"; readonly from: string; readonly to: string }
  | AddColumn
  | { readonly kind: "dropColumn"; readonly table: string; readonly column: string }
  | { readonly kind: "renameColumn"; readonly table: string; readonly from: string; readonly to: string }
  /** Another type, default, identity, or nullable or not. `to.name` is the name it has. */
  | { readonly kind: "alterColumn"; readonly table: string; readonly to: ColumnSchema }
  | { readonly kind: "addIndex"; readonly table: string; readonly index: IndexSchema }
  | { readonly kind: "dropIndex"; readonly table: string; readonly name: string }
  | { readonly kind: "addUnique"; readonly table: string; readonly unique: UniqueSchema }
  | { readonly kind: "dropUnique"; readonly table: string; readonly name: string }
  | { readonly kind: "addForeignKey"; readonly table: string; readonly foreignKey: ForeignKeySchema }
  | { readonly kind: "dropForeignKey"; readonly table: string; readonly name: string }
  | { readonly kind: "addCheck"; readonly table: string; readonly check: CheckSchema }
  | { readonly kind: "dropCheck"; readonly table: string; readonly name: string }
  | { readonly kind: "changePrimaryKey"; readonly table: string; readonly columns: readonly string[] };

export interface AddColumn {
  readonly kind: "addColumn";
  readonly table: string;
  readonly column: ColumnSchema;
  /** SQL of the value that rows get which are there already; it does not stay as default. */
  readonly fill?: string | undefined;
}

export type OperationKind = Operation["kind"];

/** The operation of a kind. */
export type OperationOf<Kind extends OperationKind> = Extract<Operation, { readonly kind: Kind }>;
