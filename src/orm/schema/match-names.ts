/** Says for each table and column of two schemas whether it stayed, was renamed, came or went. */
import { LimpidError } from "../../errors/index.ts";
import type { Rename, Renames } from "./renames.ts";
import { couldBeColumn, likenessOfTables } from "./same-shape.ts";
import type { Schema, TableSchema } from "./schema.ts";

/** Something that went, and what came that could be the same under another name. */
export interface Ambiguity {
  readonly kind: "table" | "column";
  /** `users`, or `posts.title`. */
  readonly from: string;
  /** What it could have become, the likeliest first. */
  readonly candidates: readonly string[];
}

/** What happened to names. */
export interface NameMatch {
  readonly tables: readonly Rename[];
  /** By the table's new name. */
  readonly columns: ReadonlyMap<string, readonly Rename[]>;
  readonly ambiguities: readonly Ambiguity[];
}

/** Throws `LMP_ORM_OPTION_INVALID` for a rename whose ends are not there. */
export function matchNames(from: Schema, to: Schema, said: Renames): NameMatch {
  const renamed = said.renamed ?? [];
  const tables = renamed.filter((rename) => !rename.from.includes("."));
  checkEnds(tables, from.tables.map(nameOf), to.tables.map(nameOf));
  const columns = new Map<string, Rename[]>();
  const ambiguities = ambiguousTables(from, to, tables, new Set(said.dropped));
  const ofColumns = renamed.filter((rename) => rename.from.includes("."));
  const used = new Set<Rename>();
  for (const table of from.tables) {
    const newName = tables.find((rename) => rename.from === table.name)?.to ?? table.name;
    const newTable = to.tables.find((candidate) => candidate.name === newName);
    if (newTable === undefined) continue;
    const mine = ofColumns.filter((rename) => isOf(rename.from, table.name, newName));
    for (const rename of mine) used.add(rename);
    const renames = mine.map((rename) => ({ from: columnOf(rename.from), to: columnOf(rename.to) }));
    checkEnds(renames, table.columns.map(nameOf), newTable.columns.map(nameOf), `${newName}.`);
    if (renames.length > 0) columns.set(newName, renames);
    const dropped = new Set(
      (said.dropped ?? []).filter((name) => isOf(name, table.name, newName)).map(columnOf),
    );
    ambiguities.push(...ambiguousColumns(table, newTable, renames, dropped));
  }
  const stray = ofColumns.find((rename) => !used.has(rename));
  if (stray !== undefined) throw renameInvalid(stray, "the table is not in both schemas");
  return { tables, columns, ambiguities };
}

function ambiguousTables(
  from: Schema,
  to: Schema,
  renames: readonly Rename[],
  dropped: ReadonlySet<string>,
): Ambiguity[] {
  const { gone, come } = goneAndCome(from.tables, to.tables, renames, dropped);
  return gone.flatMap((table) => {
    const likely = come
      .map((candidate) => ({ name: candidate.name, likeness: likenessOfTables(table, candidate) }))
      .filter((candidate) => candidate.likeness >= 0.5)
      .sort((left, right) => right.likeness - left.likeness);
    if (likely.length === 0) return [];
    return [{ kind: "table" as const, from: table.name, candidates: likely.map(nameOf) }];
  });
}

function ambiguousColumns(
  from: TableSchema,
  to: TableSchema,
  renames: readonly Rename[],
  dropped: ReadonlySet<string>,
): Ambiguity[] {
  const { gone, come } = goneAndCome(from.columns, to.columns, renames, dropped);
  return gone
    .filter((column) => column.generated === undefined)
    .flatMap((column) => {
      const likely = come.filter((candidate) => couldBeColumn(column, candidate));
      if (likely.length === 0) return [];
      const candidates = likely.map((candidate) => `${to.name}.${candidate.name}`);
      return [{ kind: "column" as const, from: `${from.name}.${column.name}`, candidates }];
    });
}

/** What is only in one of two lists, and nobody spoke of. */
function goneAndCome<Named extends { readonly name: string }>(
  from: readonly Named[],
  to: readonly Named[],
  renames: readonly Rename[],
  dropped: ReadonlySet<string>,
) {
  const before = new Set([
    ...from.map(nameOf).filter((name) => !renames.some((rename) => rename.from === name)),
  ]);
  const after = new Set([...to.map(nameOf).filter((name) => !renames.some((rename) => rename.to === name))]);
  return {
    gone: from.filter(({ name }) => before.has(name) && !after.has(name) && !dropped.has(name)),
    come: to.filter(({ name }) => after.has(name) && !before.has(name)),
  };
}

function checkEnds(
  renames: readonly Rename[],
  from: readonly string[],
  to: readonly string[],
  prefix = "",
): void {
  for (const rename of renames) {
    const shown = { from: prefix + rename.from, to: prefix + rename.to };
    if (!from.includes(rename.from)) throw renameInvalid(shown, `${shown.from} was not there before`);
    if (!to.includes(rename.to)) throw renameInvalid(shown, `${shown.to} is not there now`);
    const twice = renames.some(
      (other) => other !== rename && (other.from === rename.from || other.to === rename.to),
    );
    if (twice) throw renameInvalid(shown, "one of the names stands in two renames");
  }
}

function renameInvalid(rename: Rename, found: string): LimpidError {
  const sentence = `The rename ${rename.from}:${rename.to} does not fit the schemas.`;
  return new LimpidError("LMP_ORM_OPTION_INVALID", sentence, {
    expected: "a name that was there before, and one that is there now",
    found,
    fix: "Correct the rename, or leave it out.",
  });
}

function isOf(path: string, ...tables: string[]): boolean {
  return tables.some((table) => path.startsWith(`${table}.`));
}

function columnOf(path: string): string {
  return path.slice(path.indexOf(".") + 1);
}

function nameOf(named: { readonly name: string }): string {
  return named.name;
}
