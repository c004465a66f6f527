/** Texts and values of strangers in every place of the database layer: refused, or bound; no statement has another text for them. */
import { LimpidError } from "limpid/errors";
import { createTables, Database, sql } from "limpid/orm";
import { mysql } from "../../src/orm/dialects/mysql/dialect.ts";
import { postgresql } from "../../src/orm/dialects/postgresql/dialect.ts";
import { sqlite } from "../../src/orm/dialects/sqlite/dialect.ts";
import { Canary, declared, forgeries, readers, statementsWith, Target } from "./sql-places.ts";
import type { Target as FuzzTarget, Trouble } from "./target.ts";

/** Milliseconds that no text takes, on a busy machine either. */
const longest = 2_000;

type Found = Pick<Trouble, "kind" | "found">;

export class SqlTarget implements FuzzTarget {
  readonly batch = 50;
  readonly figures = { statements: 0, refused: 0, stored: 0, read: 0 };
  /** Of each place and dialect, the first text it had, by the placeholders' number. */
  readonly #texts = new Map<string, string>();
  readonly #databases: readonly Database[];
  readonly #db: Database;

  private constructor(db: Database) {
    Error.stackTraceLimit = 0;
    this.#db = db;
    this.#databases = [sqlite, postgresql, mysql].map((dialect) => new Database({ dialect } as never));
  }

  static async start(): Promise<SqlTarget> {
    const db = await Database.connect("sqlite::memory:");
    await createTables(db, Target, Canary);
    await db.insert(Canary).values({ name: "alive" });
    return new SqlTarget(db);
  }

  async tryAll(inputs: readonly Buffer[]): Promise<Trouble[]> {
    const troubles: Trouble[] = [];
    for (const octets of inputs) {
      const begun = performance.now();
      const text = octets.toString("utf16le");
      const found = [...this.#compile(text), ...this.#read(text), ...(await this.#store(text))];
      const milliseconds = performance.now() - begun;
      if (milliseconds > longest) found.push({ kind: "hang", found: `${Math.round(milliseconds)} ms` });
      troubles.push(...found.map((one) => ({ ...one, octets })));
    }
    return troubles;
  }

  async memory(): Promise<{ rss: number; heap: number }> {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heap: heapUsed };
  }

  async close(): Promise<void> {
    await this.#db.close();
  }

  /** The text as a value, and what it is as JSON. */
  #compile(text: string): Found[] {
    const found: Found[] = [];
    for (const db of this.#databases) {
      for (const value of valuesOf(text)) {
        for (const [place, make] of Object.entries(statementsWith(db, value))) {
          const wrong = this.#tried(`${db.dialect} ${place}`, () => this.#sameText(db, place, make().sql));
          if (wrong !== undefined) found.push(wrong);
        }
        for (const [place, make] of Object.entries(forgeries(db, value))) {
          const wrong = this.#tried(`${db.dialect} ${place}`, () => ignored(make()));
          if (wrong !== undefined) found.push(wrong);
        }
      }
    }
    return found;
  }

  /** Lists and null have texts of their own; there are few of them. */
  #sameText(db: Database, place: string, text: string): string | undefined {
    this.figures.statements++;
    const placeholders = text.match(/\?|\$\d+/g)?.length ?? 0;
    const key = `${db.dialect} ${place} ${placeholders}`;
    const before = this.#texts.get(key);
    if (before === undefined) this.#texts.set(key, text);
    return before === undefined || before === text ? undefined : `${text} was ${before}`;
  }

  #tried(place: string, work: () => string | undefined): Found | undefined {
    try {
      const wrong = work();
      return wrong === undefined
        ? undefined
        : { kind: "not-inert", found: `${place}: ${wrong.slice(0, 400)}` };
    } catch (error) {
      this.figures.refused++;
      return error instanceof LimpidError
        ? undefined
        : { kind: "crash", found: `${place}: ${String(error)}` };
    }
  }

  #read(text: string): Found[] {
    return Object.entries(readers).flatMap(([name, read]) => {
      this.figures.read++;
      return this.#tried(name, () => read(text)) ?? [];
    });
  }

  /** What SQLite takes comes back as it was, and nothing else has changed. */
  async #store(text: string): Promise<Found[]> {
    const found: Found[] = [];
    const attempt = async (place: string, work: () => Promise<string | undefined>): Promise<void> => {
      try {
        const wrong = await work();
        if (wrong !== undefined) found.push({ kind: "not-inert", found: `${place}: ${wrong.slice(0, 400)}` });
        this.figures.stored++;
      } catch (error) {
        this.figures.refused++;
        if (!(error instanceof LimpidError))
          found.push({ kind: "crash", found: `${place}: ${String(error)}` });
      }
    };
    await attempt("store", () => this.#roundTrip(text));
    // A model is code, of which V8 lets go late.
    if (text.length % 64 === 0) await attempt("name", () => declared(this.#db, text));
    await attempt("identifier", async () => {
      const rows = await this.#db.rows(
        sql`select name from pragma_table_info('target') where name = ${sql.id(text)}`,
      );
      return rows.length > 1 ? "found as a column" : undefined;
    });
    await attempt("canary", async () => {
      const [row, ...others] = await this.#db.rows(sql`select name from canary`);
      const tables = await this.#db.rows(sql`select name from sqlite_schema where type = 'table' order by 1`);
      const isAlive = row?.[0] === "alive" && others.length === 0;
      return isAlive && tables.length === 3
        ? undefined
        : `the database has changed: ${JSON.stringify([row, tables])}`;
    });
    return found;
  }

  async #roundTrip(text: string): Promise<string | undefined> {
    const db = this.#db;
    await db.delete(Target);
    await db.insert(Target).values({ id: 1, note: text, data: { text, [text]: [text] } });
    const found = await db
      .query(Target)
      .filter(Target.note.eq(text), Target.note.in([text, "x"]), Target.note.contains(text))
      .select({
        note: Target.note,
        data: Target.data,
        at: Target.data.at("text"),
        key: Target.data.at(text, 0),
      })
      .one();
    const [bound] = await db.rows(sql`select ${text}`);
    const same = [found.note, found.at, found.key, bound?.[0]].every((one) => one === text);
    return same ? undefined : `read back as ${JSON.stringify([found, bound])}`;
  }
}

/** A promise of a query that was made is awaited by nobody. */
function ignored(made: unknown): undefined {
  if (made instanceof Promise) made.catch(() => {});
}

function valuesOf(text: string): unknown[] {
  try {
    return [text, JSON.parse(text)];
  } catch {
    return [text];
  }
}
