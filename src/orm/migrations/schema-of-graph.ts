/** The schema that a set of migrations declares, by their snapshots; that of merged branches is put together. */
import type { DialectName } from "../model/column-type.ts";
import { applyOperations } from "../schema/apply.ts";
import { diffSchemas, type SchemaDiff } from "../schema/diff.ts";
import type { Schema } from "../schema/schema.ts";
import type { Migration } from "./migration.ts";
import type { MigrationGraph } from "./migration-graph.ts";
import { emptySchema } from "./snapshot.ts";

/** The declared schema after all migrations of a graph; empty where none has a snapshot for the dialect. */
export function schemaOfGraph(graph: MigrationGraph, dialect: DialectName): Schema {
  return schemaAfter(graph, graph.heads, dialect, new Map());
}

/** What one migration changes, by its snapshot. Renames cannot be seen there: they are ambiguous, or drop and add. */
export function changeOf(
  graph: MigrationGraph,
  migration: Migration,
  dialect: DialectName,
): { readonly from: Schema } & SchemaDiff {
  const known: Known = new Map();
  const from = schemaBefore(graph, migration, dialect, known);
  return { from, ...diffSchemas(from, schemaOf(graph, migration, dialect, known)) };
}

type Known = Map<string, Schema>;

/** What is declared after the given migrations, together with all they build upon. */
function schemaAfter(
  graph: MigrationGraph,
  last: readonly Migration[],
  dialect: DialectName,
  known: Known,
): Schema {
  const [first, ...others] = last;
  if (first === undefined) return emptySchema(dialect);
  if (others.length === 0) return schemaOf(graph, first, dialect, known);
  let schema = emptySchema(dialect);
  for (const migration of graph.order) {
    if (!last.some((one) => one === migration || graph.buildsUpon(one, migration))) continue;
    const before = schemaBefore(graph, migration, dialect, known);
    const { operations } = diffSchemas(before, schemaOf(graph, migration, dialect, known));
    schema = applyOperations(schema, operations);
  }
  return schema;
}

/** A migration without a snapshot, one for data, changes nothing. */
function schemaOf(graph: MigrationGraph, migration: Migration, dialect: DialectName, known: Known): Schema {
  const found = known.get(migration.hash);
  if (found !== undefined) return found;
  const schema = migration.snapshot?.[dialect] ?? schemaBefore(graph, migration, dialect, known);
  known.set(migration.hash, schema);
  return schema;
}

function schemaBefore(
  graph: MigrationGraph,
  { parents }: Migration,
  dialect: DialectName,
  known: Known,
): Schema {
  const migrations = parents.flatMap((hash) => graph.byHash.get(hash) ?? []);
  return schemaAfter(graph, migrations, dialect, known);
}
