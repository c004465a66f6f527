/** Makes the definition of a table from what a model declares. */
import { LimpidError } from "../../errors/index.ts";
import type { RawSql } from "../query/raw-sql.ts";
import { ColumnBuilder, type ColumnSettings } from "./column.ts";
import type { ColumnDefinition, IndexDefinition, TableDefinition } from "./definition.ts";
import { unknownColumn } from "./entity-class.ts";
import { checkIdentifier, checkProperty, type NamingStrategy, nameInSql } from "./naming.ts";

/** An index over several columns or some of the rows. */
export interface IndexOptions<Name extends string = string> {
  /** Names of the model's columns; `-createdAt` for descending order. */
  readonly columns: readonly (Name | `-${Name}`)[];
  readonly unique?: boolean | undefined;
  /** Only the rows for which this holds. Not on MySQL. */
  readonly where?: RawSql | undefined;
  readonly name?: string | undefined;
}

/** What can be said of a table beside its columns. */
export interface TableOptions<Name extends string = string> {
  readonly name: string;
  readonly indexes?: readonly IndexOptions<Name>[] | undefined;
  /** Conditions on rows, by name. */
  readonly checks?: Readonly<Record<string, RawSql>> | undefined;
  /** How properties become names of columns. Default: `"snake_case"`. */
  readonly naming?: NamingStrategy | undefined;
}

let columnCount = 0;

/** Makes the definition. Throws `LMP_ORM_MODEL_INVALID` and `LMP_ORM_IDENTIFIER_INVALID`. */
export function defineTable(
  options: TableOptions,
  columns: Readonly<Record<string, unknown>>,
): TableDefinition {
  const { name, naming = "snake_case" } = options ?? {};
  checkIdentifier(name);
  const properties = Object.entries(columns ?? {});
  if (properties.length === 0) throw modelInvalid(name, "has no columns", "at least one column", "none");
  const keys = properties.filter(
    ([, column]) => column instanceof ColumnBuilder && column.settings.primaryKey,
  );
  const defined = properties.map(([property, column]) => {
    checkProperty(property, name);
    if (!(column instanceof ColumnBuilder))
      throw modelInvalid(
        name,
        `has a property "${property}" that is no column`,
        "integer(), varchar(50), …",
        typeof column,
      );
    return defineColumn(property, column.settings, naming, keys.length === 1);
  });
  checkDistinct(name, defined);
  const columnsByProperty = new Map(defined.map((column) => [column.property, column]));
  const table: TableDefinition = {
    name,
    columns: defined,
    columnsByProperty,
    primaryKey: defined.filter((column) => column.primaryKey),
    indexes: [],
    checks: Object.entries(options.checks ?? {}).map(([check, sql]) => ({ name: check, sql })),
  };
  if (table.primaryKey.length === 0)
    throw modelInvalid(name, "has no primary key", "a column with .primaryKey()", "none");
  return { ...table, indexes: (options.indexes ?? []).map((index) => defineIndex(table, index)) };
}

function defineColumn(
  property: string,
  settings: ColumnSettings,
  naming: NamingStrategy,
  wholeKey: boolean,
): ColumnDefinition {
  const name = settings.name ?? nameInSql(property, naming);
  checkIdentifier(name);
  const counted = settings.type.kind === "integer" || settings.type.kind === "bigint";
  columnCount += 1;
  return {
    ...settings,
    id: columnCount,
    property,
    name,
    nullable: settings.nullable && !settings.primaryKey,
    identity:
      settings.primaryKey &&
      wholeKey &&
      counted &&
      settings.default === undefined &&
      settings.references === undefined,
  };
}

function defineIndex(table: TableDefinition, index: IndexOptions): IndexDefinition {
  const columns = index.columns.map((written) => {
    const descending = written.startsWith("-");
    const property = descending ? written.slice(1) : written;
    const column = table.columnsByProperty.get(property);
    if (column === undefined) throw unknownColumn(table, property);
    return { column, descending };
  });
  if (columns.length === 0)
    throw modelInvalid(table.name, "has an index without columns", "a column", "none");
  return { name: index.name, columns, unique: index.unique ?? false, where: index.where };
}

function checkDistinct(table: string, columns: readonly ColumnDefinition[]): void {
  const seen = new Map<string, string>();
  for (const { name, property } of columns) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined)
      throw modelInvalid(
        table,
        `calls two columns "${name}"`,
        "a name for each column",
        `${other} and ${property}`,
      );
    seen.set(name.toLowerCase(), property);
  }
}

function modelInvalid(table: string, what: string, expected: string, found: string): LimpidError {
  return new LimpidError("LMP_ORM_MODEL_INVALID", `The model of "${table}" ${what}.`, {
    expected,
    found,
    fix: "Change the columns of the model.",
  });
}
