/**
 * How long the compiler takes for an application with many models and queries: writes one into a folder of its own and
 * checks it. `node scripts/orm-types.ts --models 500 --queries 2000`, with `--keep` to look at what was written.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");
const QUERIES_IN_A_FILE = 10;

export interface Size {
  readonly models: number;
  readonly queries: number;
}

/** What the compiler tells of a run. */
export interface TypesReport {
  /** What it found wrong. */
  readonly errors: readonly string[];
  /** From the start of the compiler to its end. */
  readonly seconds: number;
  /** The figures of `--extendedDiagnostics`, by their names. */
  readonly figures: ReadonlyMap<string, string>;
}

/** Checks an application of this size. The folder goes away afterwards, unless it is to be kept. */
export function measureTypes(size: Size, options: { readonly keep?: boolean } = {}): TypesReport {
  const folder = mkdtempSync(join(tmpdir(), "limpid-orm-types-"));
  try {
    writeProject(folder, size);
    return checked(folder);
  } finally {
    if (options.keep === true) console.log(folder);
    else rmSync(folder, { recursive: true });
  }
}

function checked(folder: string): TypesReport {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const since = performance.now();
  const run = spawnSync(process.execPath, [compiler, "--noEmit", "--extendedDiagnostics", "-p", folder], {
    encoding: "utf8",
  });
  const seconds = (performance.now() - since) / 1_000;
  const lines = run.stdout.split("\n");
  const figures = lines.flatMap((line): [string, string][] => {
    const [, name, figure] = /^([A-Z][\w /]+):\s+([\d.]+\w?)$/.exec(line) ?? [];
    return name === undefined || figure === undefined ? [] : [[name, figure]];
  });
  const errors = lines.filter((line) => /error TS\d+/.test(line));
  if (run.status !== 0 && errors.length === 0)
    errors.push(`the compiler ended with ${run.status}: ${run.stderr}`);
  return { errors, seconds, figures: new Map(figures) };
}

function writeProject(folder: string, { models, queries }: Size): void {
  const compilerOptions = {
    target: "es2024",
    lib: ["es2025", "esnext.disposable"],
    module: "nodenext",
    customConditions: ["source"],
    typeRoots: [join(root, "node_modules/@types")],
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/limpid"));
  for (let index = 0; index < models; index++)
    writeFileSync(join(folder, `${fileOf(index)}.ts`), modelText(index, models));
  for (let from = 0; from < queries; from += QUERIES_IN_A_FILE) {
    const count = Math.min(QUERIES_IN_A_FILE, queries - from);
    writeFileSync(join(folder, `queries-${from}.ts`), queriesText(from, count, models));
  }
}

const nameOf = (index: number): string => `Model${index}`;
const fileOf = (index: number): string => `model-${index}`;
const importOf = (index: number): string => `import { ${nameOf(index)} } from "./${fileOf(index)}.ts";`;
/** Whom a model refers to, beside the next one. */
const favouriteOf = (index: number, models: number): number => (index * 7 + 3) % models;

/** A model that refers to two others and is referred to by as many, in circles through all of them. */
function modelText(index: number, models: number): string {
  const next = (index + 1) % models;
  const previous = (index + models - 1) % models;
  const favourite = favouriteOf(index, models);
  const fans = Array.from({ length: models }, (_, other) => other).filter(
    (other) => favouriteOf(other, models) === index,
  );
  const linked = (index + 2) % models;
  const others = new Set([next, previous, favourite, linked, ...fans]);
  others.delete(index);
  const relations = [
    `get parent() { return belongsTo(${nameOf(next)}, "parentId"); },`,
    `get children() { return hasMany(${nameOf(previous)}, "parentId"); },`,
    `get favourite() { return belongsTo(${nameOf(favourite)}, "favouriteId"); },`,
    ...fans.map((fan, place) => `get fans${place}() { return hasMany(${nameOf(fan)}, "favouriteId"); },`),
    `get linked() { return manyToMany(${nameOf(linked)}, ${nameOf(next)}, "favouriteId", "parentId"); },`,
  ];
  return `import {
  belongsTo, boolean, type Entity, hasMany, integer, json, manyToMany, model, numeric, timestamp, varchar,
} from "limpid/orm";
${[...others].map(importOf).join("\n")}

export const ${nameOf(index)} = model("table_${index}", {
  id: integer().primaryKey(),
  name: varchar(50).unique(),
  email: varchar(100).nullable(),
  age: integer().nullable(),
  balance: numeric(12, 2).default("0.00"),
  active: boolean().default(true),
  settings: json<{ theme: string; size?: number }>().nullable(),
  createdAt: timestamp().default(() => new Date()),
  parentId: integer().references(() => ${nameOf(next)}.id, { onDelete: "cascade" }),
  favouriteId: integer().nullable().references(() => ${nameOf(favourite)}.id),
}, {
  ${relations.join("\n  ")}
}, {
  get label(): string { return \`\${this.name} (\${this.email ?? "none"})\`; },
});
export type ${nameOf(index)} = Entity<typeof ${nameOf(index)}>;
`;
}

function queriesText(from: number, count: number, models: number): string {
  const used = new Set<number>();
  const functions = Array.from({ length: count }, (_, place) => {
    const number = from + place;
    const index = (number * 13) % models;
    used.add(index).add((index + 1) % models);
    const body = bodies[number % bodies.length] as Body;
    const text = body(nameOf(index), nameOf((index + 1) % models));
    return `export async function query${number}(db: Session): Promise<unknown> {\n${text.replace(/^ {4}/gm, "  ")}\n}`;
  });
  return `import { and, count, excluded, max, or, type Session, sql } from "limpid/orm";
${[...used].map(importOf).join("\n")}

export const used = [and, count, excluded, max, or, sql];
${functions.join("\n\n")}
`;
}

/** A query of a model, and of the one that it belongs to. */
type Body = (model: string, parent: string) => string;

const bodies: readonly Body[] = [
  (M) => `    const row = await db
      .query(${M})
      .filter(${M}.name.eq("Ada"), or(${M}.age.gt(3), ${M}.email.isNull()))
      .orderBy(${M}.id.desc())
      .first();
    return row?.label;`,
  (M) => `    const rows = await db.query(${M}).include("parent.children", "favourite").limit(10).all();
    return rows.map(({ parent }) => parent.loaded?.name.length);`,
  (M, P) => `    const rows = await db
      .query(${M})
      .join(${M}.parent)
      .groupBy(${P}.id, ${P}.name)
      .having(count(${M}.id).gt(1))
      .select({ name: ${P}.name, rows: count(${M}.id), best: max(${M}.balance) })
      .all();
    return rows.map(({ name, rows, best }) => \`\${name.length} \${rows + 1} \${best?.length}\`);`,
  (M) => `    const id: number = await db.insert(${M}).values({ name: "Ada", parentId: 1, age: 36 }).key();
    return id;`,
  (M) => `    const now = new Date();
    return db
      .update(${M})
      .set({ age: ${M}.age.plus(1), email: null, createdAt: now })
      .filter(and(${M}.active.eq(true), ${M}.createdAt.lt(now)));`,
  (M) => `    const row = await db.get(${M}, 7);
    const [child] = row?.children.add({ name: "Ben" }) ?? [];
    await db.commit();
    return child?.settings?.theme;`,
  (M) => `    let length = 0;
    for await (const { children, name } of db.query(${M})) {
      length += name.length;
      for (const child of await children) length += (await child.parent).name.length;
    }
    return length;`,
  (
    M,
    P,
  ) => `    const busy = db.query(${M}).filter(${M}.age.between(1, 9)).select({ parentId: ${M}.parentId });
    const page = await db.query(${P}).filter(${P}.id.in(busy), ${P}.children.some(${M}.active.eq(true))).page();
    return page.items.map(({ label }) => label);`,
  (M) => `    const rows = await db
      .insert(${M})
      .values([{ name: "Ada", parentId: 1 }])
      .onConflictUpdate(["name"], { age: excluded(${M}.age) })
      .returning();
    return rows[0]?.createdAt.getTime();`,
  (M, P) => `    const row = new ${M}({ name: "Ada", parentId: 1 });
    row.parent.set(new ${P}({ name: "Ben", parentId: 2 }));
    db.add(row);
    await db.delete(${M}).filter(sql<boolean>\`length(\${${M}.name}) > \${3}\`);
    return row.linked.count();`,
];

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      models: { type: "string", default: "500" },
      queries: { type: "string", default: "2000" },
      keep: { type: "boolean", default: false },
    },
  });
  const size = { models: Number(values.models), queries: Number(values.queries) };
  const { errors, figures, seconds } = measureTypes(size, values);
  console.log(`${size.models} models, ${size.queries} queries: ${seconds.toFixed(2)} s`);
  for (const [name, figure] of figures) console.log(`  ${name.padEnd(16)} ${figure}`);
  for (const error of errors.slice(0, 20)) console.error(error);
  process.exitCode = errors.length === 0 ? 0 : 1;
}
