/** Plans that are shared: trees which differ in one place never share one wrongly, and each value is bound where it stands. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprint } from "../../../src/orm/compiler/fingerprint.ts";
import type { Dialect } from "../../../src/orm/dialects/dialect.ts";
import { mysql } from "../../../src/orm/dialects/mysql/dialect.ts";
import { postgresql } from "../../../src/orm/dialects/postgresql/dialect.ts";
import { sqlite } from "../../../src/orm/dialects/sqlite/dialect.ts";
import type { ColumnType } from "../../../src/orm/model/column-type.ts";
import { expressionType } from "../../../src/orm/query/expression-type.ts";
import type { ParameterListNode, ParameterNode, StatementNode } from "../../../src/orm/query/nodes.ts";
import { type Parameters, resultColumns, Statements } from "../../../src/orm/query/statements.ts";
import { Random } from "../../http/threats/random.ts";
import { marked } from "./marked.ts";
import { mutated, types } from "./mutations.ts";
import { Trees } from "./trees.ts";

/** `LIMPID_RANDOM=100000` for a long run, `SEED=…` to repeat one. */
const runs = Number(process.env.LIMPID_RANDOM ?? 1500);
const firstSeed = Number(process.env.SEED ?? 1);
const dialects: readonly Dialect[] = [sqlite, postgresql, mysql];

/** Everything of a statement that must be the same where its plan is: text, bindings, how results are read. */
function meaning(dialect: Dialect, statement: StatementNode): string {
  try {
    const { givesRows, placeholders, sql } = dialect.compile(statement);
    const bound = placeholders.map(({ form, type, ...rest }) => [rest, form?.name, named(type)]);
    const results = resultColumns(statement).map(({ expression }) => named(expressionType(expression)));
    return JSON.stringify([sql, givesRows, bound, results]);
  } catch (error) {
    return String(error);
  }
}

const functionNumbers = new Map<unknown, number>();

/** A type as text; functions by number. */
function named(type: ColumnType | undefined): string {
  return JSON.stringify(type ?? null, (_, value: unknown) => {
    if (typeof value !== "function") return value;
    if (!functionNumbers.has(value)) functionNumbers.set(value, functionNumbers.size);
    return functionNumbers.get(value);
  });
}

test(`one fingerprint, one meaning: ${runs} trees, and what differs from them in one place`, () => {
  const known = new Map(dialects.map(({ name }) => [name, new Map<string, string>()]));
  let told = 0;
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    const random = new Random(`tree ${seed}`);
    const tree = new Trees(random, types, () => 1).statement();
    const mutants = Array.from({ length: 8 }, () => mutated(tree, random)).filter((one) => one !== undefined);
    for (const one of [tree, ...mutants]) {
      for (const dialect of dialects) {
        const key = fingerprint(one, [], dialect.listShape);
        const found = meaning(dialect, one);
        const before = known.get(dialect.name)?.get(key);
        if (before === undefined) known.get(dialect.name)?.set(key, found);
        else {
          told += 1;
          assert.equal(found, before, `SEED=${seed}: ${dialect.name} shares a plan, ${key}`);
        }
      }
    }
  }
  assert.ok(told > runs / 10, `${told} trees shared a plan`);
});

const countable: readonly (ColumnType | undefined)[] = [
  undefined,
  { kind: "integer" },
  { kind: "text" },
  { kind: "real" },
];

/** A value of the type that no other parameter has. */
function numbering(): (type: ColumnType | undefined) => unknown {
  let count = 100;
  return (type) => {
    count += 1;
    return type?.kind === "text" || type?.kind === "json"
      ? `${count}`
      : type?.kind === "numeric"
        ? `${count}.00`
        : count;
  };
}

test(`every value is bound where it stands: ${runs} trees`, () => {
  let bound = 0;
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    const tree = new Trees(new Random(`values ${seed}`), countable, numbering()).statement();
    for (const dialect of dialects) {
      const one = texts(dialect, tree);
      const other = texts(dialect, marked(tree));
      if (one === undefined || other === undefined) continue;
      bound += 1;
      assert.deepEqual(
        one,
        other,
        `SEED=${seed}: ${dialect.name} ${new Statements(dialect).plan(tree, []).statement.sql}`,
      );
    }
  }
  assert.ok(bound > runs, `${bound} statements were compiled`);
});

/** The values of a statement in the order of its text, bound or written into it; `undefined` where it is refused. */
function texts(dialect: Dialect, tree: StatementNode): string[] | undefined {
  const statements = new Statements(dialect);
  const parameters: Parameters = [];
  try {
    const plan = statements.plan(tree, parameters);
    const values = statements.bind(plan, parameters);
    let position = 0;
    return [...plan.statement.sql.matchAll(/\$(\d+)|\?|<<(.*?)>>/g)].map(([, number, written]) => {
      if (written !== undefined) return written;
      return String(values[number === undefined ? position++ : Number(number) - 1]);
    });
  } catch {
    return undefined;
  }
}

test(`a plan that was made for other values binds these: ${runs} trees`, () => {
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    const numbers = numbering();
    const made = (): StatementNode => new Trees(new Random(`plan ${seed}`), countable, numbers).statement();
    const [first, second] = [made(), made()];
    for (const dialect of dialects) {
      const shared = new Statements(dialect);
      try {
        shared.plan(first, []);
      } catch {
        continue;
      }
      const parameters: (ParameterNode | ParameterListNode)[] = [];
      const plan = shared.plan(second, parameters);
      const values = shared.bind(plan, parameters);
      const fresh = new Statements(dialect);
      assert.deepEqual(
        values,
        fresh.bind(fresh.plan(second, []), parameters),
        `SEED=${seed}: ${dialect.name}`,
      );
      assert.equal(
        shared.plan(first, []),
        shared.plan(second, []),
        `SEED=${seed}: ${dialect.name} makes two plans`,
      );
    }
  }
});
