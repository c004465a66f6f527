/** The columns of a model: builders that each describe one column, and know its type in TypeScript. */
import { LimpidError } from "../../errors/index.ts";
import type { RawSql } from "../query/raw-sql.ts";
import { Sql } from "../query/sql.ts";
import type { ColumnType, CustomColumnType } from "./column-type.ts";
import type { ColumnDefault, ColumnDefinition, ReferenceAction } from "./definition.ts";

/** Whether a new row must name the column, may leave it out, or cannot set it. */
export type Presence = "required" | "optional" | "generated" | "guarded";

/** What a column builder has been told. */
export interface ColumnSettings extends Omit<ColumnDefinition, "id" | "property" | "name" | "identity"> {
  readonly name: string | undefined;
}

/** What happens to the row when the one it refers to goes or changes its key. Default: `"no action"`. */
export interface ReferenceOptions {
  readonly onDelete?: ReferenceAction | undefined;
  readonly onUpdate?: ReferenceAction | undefined;
}

/** What all column builders can be told. Every method gives a new column and leaves this one as it is. */
export abstract class ColumnBuilder<Value, Presence_ extends Presence> {
  readonly settings: ColumnSettings;
  /** Never there; carries the types. */
  declare readonly types?: { readonly value: Value; readonly presence: Presence_ };

  constructor(settings: ColumnSettings) {
    this.settings = settings;
  }

  /** The name in SQL. Default: the property's, in snake_case. */
  named(name: string): this {
    return this.told({ name });
  }

  /** No two rows have the same value. */
  unique(): this {
    return this.told({ unique: true });
  }

  /** Makes an index, for what is often looked for or sorted by. */
  index(): this {
    return this.told({ index: true });
  }

  /** The value may be null, and is where nothing is said. */
  nullable(): Column<Value | null, "optional"> {
    return new Column({ ...this.settings, nullable: true });
  }

  /** What the column holds where nothing is said: a value, a function called for each row, or SQL. */
  default(value: Value | (() => Value) | RawSql): Column<Value, "optional"> {
    return new Column({ ...this.settings, default: defaultOf(value) });
  }

  /** The value at each update that does not set the column: `timestamp().onUpdate(() => new Date())`. */
  onUpdate(make: () => Value): this {
    return this.told({ onUpdate: make });
  }

  /**
   * Refers to a column of another model, or of this one: `integer().references(() => User.id, { onDelete: "cascade" })`.
   * The function is called when the models are complete, so they may refer to each other in a circle.
   */
  references(target: () => void, options: ReferenceOptions = {}): this {
    const { onDelete = "no action", onUpdate = "no action" } = options;
    return this.told({ references: { target, onDelete, onUpdate } });
  }

  /** A condition on the row, in SQL: `` integer().check(sql`price >= 0`) ``. */
  check(condition: RawSql): this {
    return this.told({ check: condition });
  }

  /** Computed by the database from the other columns of the row. Never written. */
  generated(expression: RawSql, options: { readonly stored?: boolean } = {}): Column<Value, "generated"> {
    return new Column({ ...this.settings, generated: { sql: expression, stored: options.stored ?? true } });
  }

  /**
   * Cannot be set with others at once, only by name: `user.role = "admin"`. For what must never come from a form that
   * is handed on whole.
   */
  guarded(): Column<Value, "guarded"> {
    return new Column({ ...this.settings, guarded: true });
  }

  /** The same kind of column, told more. */
  protected told(change: Partial<ColumnSettings>): this {
    const Same = this.constructor as new (settings: ColumnSettings) => this;
    return new Same({ ...this.settings, ...change });
  }
}

/**
 * One column of a model. Every method gives a new column and leaves this one as it is.
 *
 * @example
 * ```ts
 * import { integer, model, timestamp, varchar } from "limpid/orm";
 *
 * const Note = model("notes", {
 *   id: integer().primaryKey(),
 *   title: varchar(80).unique(),
 *   createdAt: timestamp().default(() => new Date()),
 * });
 * console.log(new Note({ title: "Tides" }).title); // Tides
 * ```
 */
export class Column<Value, Presence_ extends Presence = "required"> extends ColumnBuilder<Value, Presence_> {
  /** Part of the primary key. Several of a table make a composite key. */
  primaryKey(): this {
    return this.told({ primaryKey: true });
  }
}

/** A column that the database can count: as the whole primary key it need not be given. */
export class CountedColumn<Value, Presence_ extends Presence = "required"> extends ColumnBuilder<
  Value,
  Presence_
> {
  /** Part of the primary key. As the whole key, the database counts it, and it need not be given. */
  primaryKey(): CountedColumn<Value, "optional"> {
    return new CountedColumn<Value, "optional">({ ...this.settings, primaryKey: true });
  }
}

/** A column of decimals. */
export class NumericColumn<Value, Presence_ extends Presence = "required"> extends Column<Value, Presence_> {
  /** Read and written as `number`: handy, and no longer exact. */
  asNumber(): Column<number, Presence_> {
    const { type } = this.settings;
    if (type.kind !== "numeric") throw columnInvalid("asNumber() is for numeric columns.", type.kind);
    return new Column({ ...this.settings, type: { ...type, as: "number" } });
  }
}

const plain: Omit<ColumnSettings, "type"> = {
  name: undefined,
  nullable: false,
  primaryKey: false,
  unique: false,
  index: false,
  default: undefined,
  onUpdate: undefined,
  references: undefined,
  check: undefined,
  generated: undefined,
  version: false,
  guarded: false,
};

function settings(type: ColumnType): ColumnSettings {
  return { ...plain, type };
}

/** A whole number of 32 bits: `number`. */
export function integer(): CountedColumn<number> {
  return new CountedColumn(settings({ kind: "integer" }));
}

/** A whole number of 64 bits: `bigint`. */
export function bigint(): CountedColumn<bigint> {
  return new CountedColumn(settings({ kind: "bigint" }));
}

/** A floating-point number of 64 bits: `number`. */
export function real(): Column<number> {
  return new Column(settings({ kind: "real" }));
}

/** An exact decimal of so many digits, `scale` of them behind the point: a `string` such as `"12.30"`. */
export function numeric(precision: number, scale: number = 0): NumericColumn<string> {
  const right = Number.isInteger(precision) && Number.isInteger(scale) && scale >= 0 && scale <= precision;
  if (!right || precision < 1 || precision > 65 || scale > 30)
    throw columnInvalid(
      "A numeric column needs 1 to 65 digits, 0 to 30 of them behind the point.",
      `numeric(${precision}, ${scale})`,
    );
  return new NumericColumn(settings({ kind: "numeric", precision, scale, as: "string" }));
}

/** Text of at most `length` characters. */
export function varchar(length: number): Column<string> {
  if (!Number.isInteger(length) || length < 1 || length > 16_383)
    throw columnInvalid(
      "A varchar column holds 1 to 16383 characters; text() has no limit.",
      `varchar(${length})`,
    );
  return new Column(settings({ kind: "varchar", length }));
}

/** Text of any length. */
export function text(): Column<string> {
  return new Column(settings({ kind: "text" }));
}

export function boolean(): Column<boolean> {
  return new Column(settings({ kind: "boolean" }));
}

/** A point in time, to the millisecond: `Date`. */
export function timestamp(): Column<Date> {
  return new Column(settings({ kind: "timestamp" }));
}

/** A day of the calendar, without a time zone: a `string` such as `"2026-02-28"`. */
export function date(): Column<string> {
  return new Column(settings({ kind: "date" }));
}

/** A time of day, without a day or a time zone: a `string` such as `"17:30:00"`. */
export function time(): Column<string> {
  return new Column(settings({ kind: "time" }));
}

/** A JSON value: `json<{ tags: string[] }>()`. */
export function json<Value = unknown>(): Column<Value> {
  return new Column(settings({ kind: "json" }));
}

/** A UUID, in small letters. `uuid().primaryKey().default(() => randomUUID())` */
export function uuid(): Column<string> {
  return new Column(settings({ kind: "uuid" }));
}

/** Bytes: `Uint8Array`. */
export function bytes(): Column<Uint8Array> {
  return new Column(settings({ kind: "bytes" }));
}

/** One of a few texts: `enumeration(["draft", "published"])`. */
export function enumeration<const Values extends readonly [string, ...string[]]>(
  values: Values,
): Column<Values[number]> {
  if (values.length === 0 || new Set(values).size !== values.length)
    throw columnInvalid("An enumeration needs values that differ.", JSON.stringify(values));
  return new Column(settings({ kind: "enumeration", values: [...values] }));
}

/** Several values of one type, on PostgreSQL: `array(integer())`. */
export function array<Value>(element: Column<Value, Presence>): Column<Value[]> {
  return new Column(settings({ kind: "array", element: element.settings.type }));
}

/** Counts the updates of a row: an update of a row that somebody else has changed since is `LMP_ORM_STALE` (409). */
export function version(): Column<number, "optional"> {
  return new Column({
    ...settings({ kind: "integer" }),
    version: true,
    default: { from: "value", value: 1 },
  });
}

/** A type of the application's own, with the ways to and from the database. */
export function customType<Value>(type: {
  readonly name: string;
  readonly sql: CustomColumnType["sql"];
  readonly encode: (value: Value) => ReturnType<CustomColumnType["encode"]>;
  readonly decode: (value: unknown) => Value;
}): () => Column<Value> {
  const { name, sql, decode } = type;
  // A column hands its own values to its own type, and what is no `Value` the type's encode has to refuse.
  const encode = (value: unknown): ReturnType<CustomColumnType["encode"]> => type.encode(value as Value);
  const custom: CustomColumnType = { kind: "custom", name, sql, encode, decode };
  return () => new Column(settings(custom));
}

function defaultOf(value: unknown): ColumnDefault {
  if (value instanceof Sql) return { from: "sql", sql: value };
  if (typeof value === "function") return { from: "function", make: value as () => unknown };
  return { from: "value", value };
}

function columnInvalid(message: string, found: string): LimpidError {
  return new LimpidError("LMP_ORM_MODEL_INVALID", message, { found, fix: "Change the column of the model." });
}
