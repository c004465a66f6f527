/** Keeps what was compiled: a statement of a known shape costs a look-up, and its values are bound by ready functions. */
import type { Placeholder } from "../compiler/compiled.ts";
import { fingerprint } from "../compiler/fingerprint.ts";
import type { Decode, Dialect, DriverValue, Encode } from "../dialects/dialect.ts";
import type { DriverStatement } from "../driver/driver.ts";
import { nextStatementId } from "../driver/statement-id.ts";
import type { ColumnType } from "../model/column-type.ts";
import { expressionType } from "./expression-type.ts";
import type { ParameterListNode, ParameterNode, ProjectionNode, StatementNode } from "./nodes.ts";

/** The values of a statement, in the order its fingerprint met them. */
export type Parameters = (ParameterNode | ParameterListNode)[];

/** A statement ready to run. */
export interface Plan {
  readonly statement: DriverStatement;
  readonly placeholders: readonly Placeholder[];
  /** One for each placeholder. */
  readonly encoders: readonly Encode[];
  /** One for each column of the result; `undefined` where the driver's value is right. */
  readonly decoders: readonly (Decode | undefined)[];
}

/** How many plans are kept. */
const MAX_PLANS = 2000;

export class Statements {
  readonly dialect: Dialect;
  /** Two generations: what is not asked for during a whole one is forgotten, and a hit costs one look-up. */
  #newer = new Map<string, Plan>();
  #older = new Map<string, Plan>();

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  /** The plan of a statement; its values are pushed to `parameters`. Throws what the dialect's compiler throws. */
  plan(node: StatementNode, parameters: Parameters): Plan {
    const key = fingerprint(node, parameters, this.dialect.listShape);
    const known = this.#newer.get(key);
    if (known !== undefined) return known;
    const plan = this.#older.get(key) ?? this.compile(node);
    this.#keep(key, plan);
    return plan;
  }

  /** The values of a plan's placeholders, encoded. Throws `LMP_ORM_VALUE_INVALID`. */
  bind(plan: Plan, parameters: Parameters): DriverValue[] {
    const { placeholders, encoders } = plan;
    const values: DriverValue[] = new Array(placeholders.length);
    for (let index = 0; index < placeholders.length; index++) {
      const placeholder = placeholders[index] as Placeholder;
      const parameter = parameters[placeholder.parameter] as ParameterNode | ParameterListNode;
      const encode = encoders[index] as Encode;
      // The steps of a JSON path are one parameter with an array, bound like a list.
      if (parameter.kind === "parameter" && placeholder.item === undefined) {
        const { value } = parameter;
        const bound = value === null || value === undefined ? null : encode(value);
        values[index] = placeholder.form === undefined || bound === null ? bound : placeholder.form(bound);
      } else values[index] = listed(valuesOf(parameter), placeholder, encode);
    }
    return values;
  }

  /** A plan for SQL that a dialect has written itself, with placeholders of these types in their order. */
  written(sql: string, types: readonly ColumnType[], returning: readonly ColumnType[]): Plan {
    return {
      statement: this.#statement(sql, returning.length > 0, returning),
      placeholders: [],
      encoders: types.map((type) => this.dialect.encoder(type)),
      decoders: returning.map((type) => this.dialect.decoder(type)),
    };
  }

  /** Compiles a statement without keeping it: for those who keep plans themselves. */
  compile(node: StatementNode): Plan {
    const { sql, placeholders, givesRows } = this.dialect.compile(node);
    const types = resultColumns(node).map(({ expression }) => expressionType(expression));
    return {
      statement: this.#statement(sql, givesRows, types),
      placeholders,
      encoders: placeholders.map(({ type }) => this.dialect.encoder(type)),
      decoders: types.map((type) => type && this.dialect.decoder(type)),
    };
  }

  #statement(sql: string, givesRows: boolean, types: readonly (ColumnType | undefined)[]): DriverStatement {
    const bigInts = types.some((type) => this.dialect.needsBigInts(type));
    const prepare = this.dialect.runsAgain?.(sql) ?? true;
    return { id: nextStatementId(), sql, givesRows, bigInts, prepare };
  }

  #keep(key: string, plan: Plan): void {
    if (this.#newer.size >= MAX_PLANS / 2) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(key, plan);
  }
}

/** The columns of what a statement gives. */
export function resultColumns(node: StatementNode): readonly ProjectionNode[] {
  switch (node.kind) {
    case "select":
      return node.columns;
    case "set-operation":
      return resultColumns(node.left);
    case "raw-statement":
      return [];
    default:
      return node.returning;
  }
}

function valuesOf(parameter: ParameterNode | ParameterListNode): readonly unknown[] {
  return parameter.kind === "parameter-list" ? parameter.values : (parameter.value as readonly unknown[]);
}

function listed(values: readonly unknown[], placeholder: Placeholder, encode: Encode): DriverValue {
  const { item, component, form } = placeholder;
  const one = (value: unknown): DriverValue => (value === null || value === undefined ? null : encode(value));
  if (item === "all") {
    const all = values.map(one);
    return form === undefined ? all : form(all);
  }
  const chosen = values[Math.min(item ?? 0, values.length - 1)];
  const bound = one(component === undefined ? chosen : (chosen as readonly unknown[])[component]);
  return form === undefined || bound === null ? bound : form(bound);
}
