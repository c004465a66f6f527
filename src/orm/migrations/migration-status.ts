/** Tells how the migrations of a folder stand in a database. */
import type { ConnectionSource } from "../driver/driver.ts";
import { diffSchemas } from "../schema/diff.ts";
import { introspect } from "../schema/introspect.ts";
import { normalized } from "../schema/normalize.ts";
import { describeOperations } from "./describe-operation.ts";
import { readHistory } from "./history.ts";
import { sortedOut } from "./left-alone.ts";
import type { Migration } from "./migration.ts";
import { readMigrations } from "./migration-folder.ts";
import { type MigrationGraph, migrationGraph } from "./migration-graph.ts";
import { type MigrationState, migrationStates } from "./migration-state.ts";
import { peek } from "./open-run.ts";
import type { MigrationConnection } from "./plain-sql.ts";
import { schemaOfGraph } from "./schema-of-graph.ts";

export interface MigrationStatusOptions {
  readonly folder: string;
  /** Whether the database's schema is compared with what the applied migrations declare. Default: true. */
  readonly drift?: boolean | undefined;
}

/** One migration as the folder and the database know it. */
export interface MigrationStanding {
  readonly name: string;
  readonly hash: string;
  readonly state: MigrationState["state"];
  /** In ISO 8601 and UTC. */
  readonly appliedAt: string | undefined;
  /** How many steps are done, of one that was interrupted. */
  readonly stepsDone: number | undefined;
}

export interface MigrationStatus {
  readonly migrations: readonly MigrationStanding[];
  /** The names of those that nothing builds upon; the next one builds upon them all. */
  readonly heads: readonly string[];
  /** What would make the declared schema into the one that is there; `undefined` where nobody looked or could look. */
  readonly drift: readonly string[] | undefined;
  /** The tables that no migration knows, which is no drift; `undefined` where nobody looked or could look. */
  readonly leftAlone: readonly string[] | undefined;
}

/** The standing of every migration. Throws `LMP_ORM_MIGRATION_INVALID` and `LMP_ORM_MIGRATION_CONFLICT`. */
export async function migrationStatus(
  source: ConnectionSource,
  { folder, drift = true }: MigrationStatusOptions,
): Promise<MigrationStatus> {
  const graph = migrationGraph(await readMigrations(folder));
  const history = await peek(source, readHistory);
  const states = migrationStates(graph, history);
  const comparable = states.every(({ state }) => state === "applied" || state === "pending");
  const applied = states.flatMap((one) => (one.state === "applied" ? one.migration : []));
  const looks = drift && comparable && applied.length > 0;
  const found = looks ? await schemaDrift(source, graph, applied) : undefined;
  return {
    migrations: states.map(standing),
    heads: graph.heads.map(({ name }) => name),
    drift: found?.drift,
    leftAlone: found?.leftAlone,
  };
}

function standing(one: MigrationState): MigrationStanding {
  const entry = "entry" in one ? one.entry : undefined;
  const { name, hash } = one.state === "missing" ? one.entry : one.migration;
  const stepsDone = one.state === "interrupted" ? one.entry.stepsDone : undefined;
  return { name, hash, state: one.state, appliedAt: entry?.appliedAt, stepsDone };
}

interface Drift {
  readonly drift: readonly string[];
  readonly leftAlone: readonly string[];
}

/** What differs between the database and what its migrations declare; `undefined` where none has a snapshot. */
async function schemaDrift(
  source: ConnectionSource,
  graph: MigrationGraph,
  applied: readonly Migration[],
): Promise<Drift | undefined> {
  const dialect = source.dialect.name;
  if (applied.every(({ snapshot }) => snapshot?.[dialect] === undefined)) return undefined;
  return withWriter(source, async ({ connection }) => {
    const declared = await normalized(schemaOfGraph(migrationGraph(applied), dialect), connection);
    const known = [declared, schemaOfGraph(graph, dialect)];
    const { schema, leftAlone } = sortedOut(await introspect(connection, dialect), known);
    const { operations } = diffSchemas(declared, schema);
    return { drift: describeOperations(operations, declared), leftAlone };
  });
}

/** Schemas are put into the database's words in a scratch place, which takes a connection that may write. */
async function withWriter<Result>(
  source: ConnectionSource,
  work: (run: MigrationConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await source.acquire("write");
  try {
    return await work({ connection, dialect: source.dialect });
  } finally {
    source.release(connection);
  }
}
