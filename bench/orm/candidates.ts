/** Who is compared, each loaded by the process that runs it; the first of a database is the one that ratios refer to. */
import type { Open } from "./operations.ts";
import type { DatabaseName } from "./tables.ts";

type Load = () => Promise<Open>;

type MikroOrm = typeof import("./candidates/mikro-orm.ts");

async function mikroOrm(open: (module: MikroOrm) => Open): Promise<Open> {
  return open(await import("./candidates/mikro-orm.ts"));
}

/** The candidates of each database. */
export const candidates: Readonly<Record<DatabaseName, Readonly<Record<string, Load>>>> = {
  sqlite: {
    "node:sqlite": async () => (await import("./candidates/node-sqlite.ts")).open,
    "better-sqlite3": async () => (await import("./candidates/better-sqlite3.ts")).open,
    limpid: async () => (await import("./candidates/limpid.ts")).openPlain("sqlite"),
    "limpid-session": async () => (await import("./candidates/limpid.ts")).openSession("sqlite"),
    drizzle: async () => (await import("./candidates/drizzle-sqlite.ts")).open,
    "drizzle-prepared": async () => (await import("./candidates/drizzle-sqlite.ts")).openPrepared,
    kysely: async () => (await import("./candidates/kysely.ts")).open("sqlite"),
    "mikro-orm": () => mikroOrm(({ openSqlite, directly }) => openSqlite(directly)),
    "mikro-orm-session": () => mikroOrm(({ openSqlite, byFlush }) => openSqlite(byFlush)),
    typeorm: async () => (await import("./candidates/typeorm.ts")).open("sqlite"),
    prisma: async () => (await import("./candidates/prisma.ts")).open("sqlite"),
  },
  postgresql: {
    pg: async () => (await import("./candidates/pg.ts")).open,
    postgres: async () => (await import("./candidates/postgres.ts")).open,
    limpid: async () => (await import("./candidates/limpid.ts")).openPlain("postgresql"),
    "limpid-session": async () => (await import("./candidates/limpid.ts")).openSession("postgresql"),
    drizzle: async () => (await import("./candidates/drizzle-postgresql.ts")).open,
    "drizzle-prepared": async () => (await import("./candidates/drizzle-postgresql.ts")).openPrepared,
    kysely: async () => (await import("./candidates/kysely.ts")).open("postgresql"),
    "mikro-orm": () => mikroOrm(({ openPostgresql, directly }) => openPostgresql(directly)),
    "mikro-orm-session": () => mikroOrm(({ openPostgresql, byFlush }) => openPostgresql(byFlush)),
    typeorm: async () => (await import("./candidates/typeorm.ts")).open("postgresql"),
    prisma: async () => (await import("./candidates/prisma.ts")).open("postgresql"),
  },
};

/** The databases by name. */
export const databaseNames = Object.keys(candidates) as DatabaseName[];

/** Every candidate of any database. */
export const candidateNames: readonly string[] = [
  ...new Set(databaseNames.flatMap((database) => Object.keys(candidates[database]))),
];

/** The packages whose versions stand beside the figures. */
export const packages: readonly string[] = [
  "@mikro-orm/core",
  "@prisma/client",
  "better-sqlite3",
  "drizzle-orm",
  "kysely",
  "pg",
  "postgres",
  "typeorm",
];
