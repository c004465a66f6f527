/** Prisma with its compiler of queries and the adapters for better-sqlite3 and pg. */
import { join } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import type { EntryRow, NewEntry, UserRow } from "../data.ts";
import { MOST_CONNECTIONS, type Open, type Operations } from "../operations.ts";
import type { DatabaseName } from "../tables.ts";

/** The part of the generated client that is used here: it is written before a run, so that nothing can import its types. */
interface Models {
  user: {
    findUniqueOrThrow(query: object): Promise<UserRow>;
    findMany(query: object): Promise<UserRow[]>;
    count(query: object): Promise<number>;
    update(query: object): Promise<UserRow>;
  };
  entry: {
    create(query: { data: NewEntry }): Promise<EntryRow>;
    createMany(query: { data: NewEntry[] }): Promise<unknown>;
  };
}

interface Client extends Models {
  $transaction<Result>(work: (client: Models) => Promise<Result>): Promise<Result>;
  $executeRawUnsafe(statement: string): Promise<number>;
  $queryRawUnsafe(statement: string): Promise<object[]>;
}

type CreateClient = new (options: { adapter: PrismaBetterSqlite3 | PrismaPg }) => Client;

function operationsOn(client: Client): Operations {
  const byKey = ({ user }: Models, id: number) => user.findUniqueOrThrow({ where: { id } });
  const some = (after: number, take: number) => ({
    where: { id: { gt: after } },
    orderBy: { id: "asc" },
    take,
  });
  return {
    findByKey: (id) => byKey(client, id),
    list: (after) => client.user.findMany(some(after, 100)),
    listWithPosts: (after) => client.user.findMany({ ...some(after, 20), include: { posts: true } }),
    listWithRelations: (after) =>
      client.user.findMany({
        ...some(after, 100),
        include: { posts: true, userTags: { include: { tag: true } } },
      }),
    async page({ minimumAge, limit, offset }) {
      const where = { active: true, age: { gte: minimumAge } };
      const orderBy = [{ createdAt: "desc" }, { id: "desc" }];
      const [rows, total] = await Promise.all([
        client.user.findMany({ where, orderBy, take: limit, skip: offset }),
        client.user.count({ where }),
      ]);
      return { rows, total };
    },
    insert: (data) => client.entry.create({ data }),
    insertMany: (data) => client.entry.createMany({ data }),
    async update(id, name) {
      const user = await byKey(client, id);
      await client.user.update({ where: { id: user.id }, data: { name } });
    },
    transfer: (from, to, amount, entry) =>
      client.$transaction(async (transaction) => {
        const payer = await byKey(transaction, from);
        const payee = await byKey(transaction, to);
        await transaction.user.update({
          where: { id: payer.id },
          data: { balance: payer.balance - amount },
        });
        await transaction.user.update({
          where: { id: payee.id },
          data: { balance: payee.balance + amount },
        });
        await transaction.entry.create({ data: entry });
      }),
  };
}

/** Connects to either database. */
export function open(database: DatabaseName): Open {
  return async ({ url, schema }) => {
    const file = join(import.meta.dirname, "../prisma/generated", database, "client.ts");
    const { PrismaClient } = (await import(file)) as { PrismaClient: CreateClient };
    const adapter =
      database === "sqlite"
        ? new PrismaBetterSqlite3({ url: ":memory:" }, { timestampFormat: "unixepoch-ms" })
        : new PrismaPg({ connectionString: url, max: MOST_CONNECTIONS }, { schema });
    const client = new PrismaClient({ adapter });
    return {
      run: (statement) => client.$executeRawUnsafe(statement),
      read: (statement) => client.$queryRawUnsafe(statement),
      operations: () => operationsOn(client),
    };
  };
}
