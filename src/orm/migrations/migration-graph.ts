/** The order of migrations: each names those it builds upon, and branches that leave each other alone are merged. */
import { LimpidError } from "../../errors/index.ts";
import { conflicts } from "../schema/touches.ts";
import type { Migration } from "./migration.ts";

export interface MigrationGraph {
  /** Parents before children; what is not ordered by them is by name. */
  readonly order: readonly Migration[];
  /** The migrations that nothing builds upon. The next one builds upon them all. */
  readonly heads: readonly Migration[];
  readonly byHash: ReadonlyMap<string, Migration>;
  /** Whether a migration builds upon another, near or far. */
  buildsUpon(migration: Migration, other: Migration): boolean;
}

/**
 * Puts migrations in order. Throws `LMP_ORM_MIGRATION_INVALID` where a parent is unknown or migrations build upon
 * themselves, `LMP_ORM_MIGRATION_CONFLICT` where two branches touch the same thing.
 */
export function migrationGraph(migrations: readonly Migration[]): MigrationGraph {
  const byHash = new Map(migrations.map((migration) => [migration.hash, migration]));
  for (const migration of migrations) {
    const unknown = migration.parents.find((hash) => !byHash.has(hash));
    if (unknown !== undefined) throw parentUnknown(migration, unknown, migrations);
  }
  const order = ordered(migrations, byHash);
  const ancestry = new Ancestry(order);
  const built = new Set(migrations.flatMap(({ parents }) => parents));
  assertNoConflict(order, ancestry);
  return {
    order,
    heads: order.filter(({ hash }) => !built.has(hash)),
    byHash,
    buildsUpon: (migration, other) => ancestry.has(migration, other),
  };
}

/** Who builds upon whom, a bit for each: long histories stay small. */
class Ancestry {
  readonly #positions = new Map<string, bigint>();
  readonly #bits = new Map<string, bigint>();

  /** Parents come before children. */
  constructor(order: readonly Migration[]) {
    for (const [index, { hash, parents }] of order.entries()) {
      let bits = 0n;
      for (const parent of parents) {
        bits |= (this.#bits.get(parent) ?? 0n) | (1n << (this.#positions.get(parent) ?? 0n));
      }
      this.#positions.set(hash, BigInt(index));
      this.#bits.set(hash, bits);
    }
  }

  has(migration: Migration, other: Migration): boolean {
    return (((this.#bits.get(migration.hash) ?? 0n) >> (this.#positions.get(other.hash) ?? 0n)) & 1n) === 1n;
  }

  /** Whether it builds upon all that come before it. */
  hasAllBefore({ hash }: Migration): boolean {
    return this.#bits.get(hash) === (1n << (this.#positions.get(hash) ?? 0n)) - 1n;
  }
}

function ordered(migrations: readonly Migration[], byHash: ReadonlyMap<string, Migration>): Migration[] {
  const sorted = migrations.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const waiting = new Map(sorted.map(({ hash, parents }) => [hash, new Set(parents).size]));
  const children = new Map<string, Migration[]>();
  for (const migration of sorted) {
    for (const parent of new Set(migration.parents)) {
      children.set(parent, [...(children.get(parent) ?? []), migration]);
    }
  }
  const order: Migration[] = [];
  const ready = sorted.filter(({ parents }) => parents.length === 0);
  for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
    order.push(next);
    for (const child of children.get(next.hash) ?? []) {
      const left = (waiting.get(child.hash) ?? 0) - 1;
      waiting.set(child.hash, left);
      if (left === 0) insert(ready, child);
    }
  }
  if (order.length === byHash.size) return order;
  const rest = sorted.filter((migration) => !order.includes(migration));
  throw new LimpidError("LMP_ORM_MIGRATION_INVALID", "Migrations build upon themselves.", {
    expected: "parents that come before",
    found: rest.map(({ name }) => name).join(", "),
    fix: "Mend the parents of one of them.",
  });
}

function insert(ready: Migration[], migration: Migration): void {
  const at = ready.findIndex(({ name }) => name > migration.name);
  ready.splice(at < 0 ? ready.length : at, 0, migration);
}

/** Each two of which neither builds upon the other must leave each other alone. */
function assertNoConflict(order: readonly Migration[], ancestry: Ancestry): void {
  order.forEach((later, index) => {
    // A chain needs no look at its pairs.
    if (ancestry.hasAllBefore(later)) return;
    for (const earlier of order.slice(0, index)) {
      if (ancestry.has(later, earlier)) continue;
      const both = inTheWay(earlier, later);
      if (both.length > 0) throw conflict(earlier, later, both);
    }
  });
}

/** What two migrations both touch; one that does not say what it touches is in the way of everything. */
function inTheWay(left: Migration, right: Migration): readonly string[] {
  if (left.touches !== undefined && right.touches !== undefined)
    return conflicts(left.touches, right.touches);
  const silent = left.touches === undefined ? left : right;
  return [`everything, because ${silent.name} does not say what it touches`];
}

function conflict(left: Migration, right: Migration, both: readonly string[]): LimpidError {
  return new LimpidError(
    "LMP_ORM_MIGRATION_CONFLICT",
    `${left.name} and ${right.name} change the same thing, and neither builds upon the other.`,
    {
      expected: "branches that leave each other alone, or one that builds upon the other",
      found: `${left.file} and ${right.file} both touch ${both.join(", ")}`,
      fix: `Delete the one that has run nowhere yet with its snapshot, and write it anew on top of the other: limpid db diff`,
    },
  );
}

function parentUnknown(child: Migration, hash: string, migrations: readonly Migration[]): LimpidError {
  const { name, file } = child;
  const built = new Set(migrations.flatMap(({ parents }) => parents));
  const edited = migrations
    .filter((migration) => migration !== child && !built.has(migration.hash))
    .map((migration) => `${migration.name} ${migration.hash}`);
  const hint = edited.length === 0 ? "" : ` Nothing builds upon ${edited.slice(0, 3).join(", ")}.`;
  return new LimpidError("LMP_ORM_MIGRATION_INVALID", `${name} builds upon a migration that is not there.`, {
    expected: "the hash of a migration in this folder",
    found: hash,
    fix: `Bring the missing file back; if one was edited, undo that or put its new hash into ${file}.${hint}`,
  });
}
