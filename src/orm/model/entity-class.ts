/**
 * Writes the class of a model's entities as code, once: every entity gets its properties in the same order from the
 * same place, which is what makes reading rows fast. Only names that `checkProperty` let pass get into the code.
 */
import { LimpidError, nearest } from "../../errors/index.ts";
import type { Decode } from "../dialects/dialect.ts";
import type { ColumnDefinition, TableDefinition } from "./definition.ts";
import { type Company, EntityRecord, type Row } from "./entity-record.ts";

type Values = Readonly<Record<string, unknown>>;

/** The class: `new (values)` for applications, `new (undefined, row, company, decoders)` for rows. */
export type EntityClass = new (
  values: Values | undefined,
  row?: Row,
  company?: Company,
  decoders?: readonly (Decode | undefined)[],
) => EntityRecord;

/** Makes entities of rows that hold the columns of the model in their order. */
export type Hydrate = (rows: readonly Row[], members: EntityRecord[], company: Company) => void;

/** The types whose values come from a driver as they are, in every dialect. */
const alwaysPlain: ReadonlySet<string> = new Set(["varchar", "text", "enumeration"]);

/** Makes the class of a table's entities. */
export function entityClass(table: TableDefinition, className: string): EntityClass {
  const fromRow = table.columns.map(({ property, type, nullable }, index) => {
    const read = `row[${index}]`;
    if (alwaysPlain.has(type.kind)) return `this.${property} = ${read};`;
    const decoded = `decoders[${index}] === undefined ? ${read} : decoders[${index}](${read})`;
    return `this.${property} = ${nullable ? `${read} === null ? null : (${decoded})` : decoded};`;
  });
  const fromValues = table.columns.map(
    ({ property, guarded, generated }, index) =>
      `this.${property} = given(${index}, ${guarded || generated ? "undefined" : `values.${property}`});`,
  );
  const code = `"use strict";
    return class ${className} extends EntityRecord {
      constructor(values, row, company, decoders) {
        super(row, company);
        if (row === undefined) {
          values = check(values);
          EntityRecord.setGiven(this, values);
          ${fromValues.join("\n          ")}
        } else {
          ${fromRow.join("\n          ")}
        }
      }
    };`;
  const make = new Function("EntityRecord", "check", "given", code);
  const given = (index: number, value: unknown): unknown => initial(table.columns[index], value);
  return make(EntityRecord, (values: unknown) => givenValues(table, values), given) as EntityClass;
}

/** What a column of a new entity holds: what was given, or its default as far as it is known here. */
function initial(column: ColumnDefinition | undefined, value: unknown): unknown {
  return value !== undefined || column === undefined ? value : initialOf(column);
}

/** What a column of a new entity holds where nothing was given. */
export function initialOf(column: ColumnDefinition): unknown {
  const { default: fallback, nullable } = column;
  if (fallback?.from === "value") return structuredCloneOf(fallback.value);
  if (fallback?.from === "function") return fallback.make();
  return nullable && fallback === undefined && column.generated === undefined ? null : undefined;
}

/** An object given as default must not be shared by all rows. */
function structuredCloneOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? structuredClone(value) : value;
}

/**
 * What an insert or an update is given: values of known columns, none generated or guarded. What the object inherits is
 * not given: a polluted prototype sets no column.
 *
 * Throws `LMP_ORM_VALUE_INVALID` for what is no object, `LMP_ORM_COLUMN_UNKNOWN` for other names.
 */
export function givenValues(table: TableDefinition, values: unknown): Values {
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw new LimpidError("LMP_ORM_VALUE_INVALID", `A row of "${table.name}" is made from an object.`, {
      expected: "an object with a property for each column",
      found: values === null ? "null" : Array.isArray(values) ? "an array" : typeof values,
      fix: "Pass the values by the names of the columns.",
    });
  }
  let inherits = false;
  for (const name in values) {
    if (Object.hasOwn(values, name)) checkName(table, name);
    else inherits = true;
  }
  return inherits ? (Object.assign(Object.create(null), values) as Values) : (values as Values);
}

function checkName(table: TableDefinition, name: string): void {
  const column = table.columnsByProperty.get(name);
  if (column === undefined) throw unknownColumn(table, name);
  if (column.generated !== undefined) throw notWritable(table, name, "is computed by the database");
  if (column.guarded) throw notWritable(table, name, "is guarded: it is set by name alone");
}

/** The error for a column that a model does not have. */
export function unknownColumn(table: TableDefinition, name: unknown): LimpidError {
  const names = [...table.columnsByProperty.keys()];
  const close = typeof name === "string" ? nearest(name, names) : undefined;
  const found = typeof name === "string" ? name.slice(0, 80) : typeof name;
  return new LimpidError("LMP_ORM_COLUMN_UNKNOWN", `"${table.name}" has no column "${found}".`, {
    expected: `one of ${names.join(", ")}`,
    found,
    fix: close === undefined ? "Name a column of the model." : `Did you mean "${close}"?`,
  });
}

function notWritable(table: TableDefinition, name: string, why: string): LimpidError {
  return new LimpidError("LMP_ORM_COLUMN_UNKNOWN", `The column "${name}" of "${table.name}" ${why}.`, {
    expected: "columns that may be set with others",
    found: name,
    fix: `Leave "${name}" out of the values.`,
  });
}
