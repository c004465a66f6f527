/** What a session and its reference are at each moment: ends transactions in both, and compares the two. */
import assert from "node:assert/strict";
import { ConstraintViolation, type Database, type Session, sql } from "limpid/orm";
import type { Random } from "../../http/threats/random.ts";
import {
  flushed,
  type Item,
  isDirty,
  keyOf,
  type Link,
  noRows,
  type Outcome,
  type Row,
  rowOf,
  type Tables,
} from "./ledger.ts";
import { columns, type ModelName, models } from "./shelf.ts";

/** The stored items of a moment, with their keys, and the rows there are. */
interface Moment {
  readonly tables: Tables;
  readonly stored: ReadonlyMap<Item, string>;
}

/** Thrown by work that wants to be taken back. */
class Planned extends Error {}

export abstract class Reckoning {
  readonly log: string[] = [];
  protected readonly session: Session;
  protected readonly random: Random;
  /** As of the last commit. */
  protected base: Moment = { tables: noRows, stored: new Map() };
  protected tables: Tables = noRows;
  protected items: Item[] = [];
  protected links: Link[] = [];
  /** Links that were written since the last commit. */
  protected written: Link[] = [];
  protected scopes = 0;
  protected names = 0;
  readonly #db: Database;
  #open = false;

  constructor(db: Database, session: Session, random: Random) {
    this.#db = db;
    this.session = session;
    this.random = random;
  }

  /** Does one thing. */
  protected abstract step(): Promise<void>;

  protected note(text: string): void {
    this.log.push(text);
  }

  protected live(table: ModelName): Item[] {
    return this.items.filter((item) => item.table === table && !item.deleted);
  }

  #expected(): { after: Tables; outcome: Outcome } {
    return flushed(this.tables, { items: this.items, links: this.links });
  }

  /** The reference after a flush that ended well. */
  #settled(outcome: Outcome): void {
    assert.notEqual(outcome, "badly", "a broken constraint was not noticed");
    const dirty = this.items.filter((item) => isDirty(item, this.tables));
    for (const item of this.items) {
      const [key = ""] = columns[item.table];
      if (item.stored === undefined) item.values[key] ??= item.entity[key];
    }
    const { after } = this.#expected();
    for (const item of dirty)
      if (item.table === "books") item.values.version = Number(item.values.version) + 1;
    this.tables = after;
    this.items = this.items.filter(
      (item) => !item.deleted && after[item.table].has(keyOf(item.table, rowOf(item))),
    );
    for (const item of this.items) item.stored = keyOf(item.table, rowOf(item));
    this.written.push(...this.links);
    this.links = [];
    for (const item of this.items) this.sameValues(item);
  }

  #moment(): Moment {
    const stored = this.items.flatMap((item) =>
      item.stored === undefined ? [] : [[item, item.stored] as const],
    );
    return { tables: this.tables, stored: new Map(stored) };
  }

  #restore({ stored, tables }: Moment): void {
    this.tables = tables;
    this.items = [...stored.keys()];
    this.links = [];
    for (const [item, key] of stored) {
      item.stored = key;
      item.deleted = false;
      item.values = { ...(tables[item.table].get(key) as Row) };
      this.sameValues(item);
    }
  }

  protected async flush(): Promise<void> {
    const { outcome } = this.#expected();
    this.note(`flush, ${outcome}`);
    try {
      await this.session.flush();
    } catch (error) {
      this.#refused(error, outcome);
      // Without an open transaction there was nothing else to take back.
      for (const item of this.items) this.sameValues(item, ["version"]);
      if (this.scopes === 0 && !this.#open) return;
      await this.#sameTables();
      return;
    }
    this.#open ||= true;
    this.#settled(outcome);
    await this.#sameTables();
  }

  protected async commit(): Promise<void> {
    const { outcome } = this.#expected();
    this.note(`commit, ${outcome}`);
    try {
      await this.session.commit();
    } catch (error) {
      this.#refused(error, outcome);
      await this.#failed();
      return;
    }
    this.#settled(outcome);
    this.#ended();
    await this.#sameTables();
  }

  #ended(): void {
    this.#open = false;
    this.base = this.#moment();
    this.written = [];
  }

  #refused(error: unknown, outcome: Outcome): void {
    if (!(error instanceof ConstraintViolation)) throw error;
    if (outcome === "well") throw error;
    this.note(`… ${error.name}`);
  }

  /** All since the last commit is pending again; it is mended or taken back. */
  async #failed(): Promise<void> {
    const flushedItems = [...this.base.stored.keys()].filter((item) => !this.items.includes(item));
    for (const item of this.items) {
      item.stored = this.base.stored.get(item);
      const [key = ""] = columns[item.table];
      if (item.stored === undefined && item.counted) item.values[key] = undefined;
      if (item.table !== "books") continue;
      item.values.version = this.base.tables.books.get(item.stored ?? "")?.version ?? 1;
    }
    for (const item of flushedItems) {
      item.stored = this.base.stored.get(item);
      this.items.push(item);
    }
    this.tables = this.base.tables;
    this.links = [...this.written, ...this.links];
    this.written = [];
    this.#open = false;
    for (const item of this.items) this.sameValues(item, ["version"]);
    await this.#sameTables();
    for (const item of this.live("writers")) {
      if (item.stored !== undefined && !isDirty(item, this.tables)) continue;
      item.entity.email = item.values.email = `mended ${++this.names}`;
    }
    if (this.random.oneIn(2) && this.#expected().outcome === "well") {
      this.note("mended");
      await this.commit();
    } else await this.rollback();
  }

  protected async rollback(): Promise<void> {
    this.note("rollback");
    await this.session.rollback();
    this.#open = false;
    this.#restore(this.base);
    this.written = [];
    await this.#sameTables();
  }

  protected async transaction(): Promise<void> {
    const isNested = this.scopes > 0;
    if (this.scopes > 2) return;
    const first = this.#expected().outcome;
    let before: Moment | undefined;
    let written: readonly Link[] = [];
    let last: Outcome = "well";
    this.note(`transaction {`);
    try {
      await this.session.transaction(async () => {
        if (isNested) this.#settled(first);
        before = this.#moment();
        written = [...this.written];
        this.scopes += 1;
        try {
          for (let step = this.random.between(1, 5); step > 0; step--) await this.step();
          if (this.random.oneIn(3)) throw new Planned();
          last = this.#expected().outcome;
        } finally {
          this.scopes -= 1;
        }
      });
    } catch (error) {
      if (!(error instanceof Planned)) this.#refused(error, before === undefined ? first : last);
      this.note(`} taken back`);
      if (before === undefined) return this.#sameTables();
      this.#restore(isNested ? before : this.base);
      this.written = isNested ? [...written] : [];
      if (!isNested) this.#open = false;
      return this.#sameTables();
    }
    this.note("}");
    this.#settled(last);
    if (!isNested) this.#ended();
    await this.#sameTables();
  }

  protected sameValues(item: Item, but: readonly string[] = []): void {
    const found: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const column of columns[item.table]) {
      const value = item.values[column];
      // What a column will be that refers to what is not written yet, nobody can see.
      if (but.includes(column) || (typeof value === "object" && value !== null && "entity" in value))
        continue;
      found[column] = item.entity[column];
      expected[column] = value;
    }
    assert.deepEqual(found, expected, `values of ${item.table} ${item.stored}`);
  }

  /** The whole database as the session sees it, and outside of a transaction as everybody does. */
  async #sameTables(): Promise<void> {
    for (const table of Object.keys(models) as ModelName[]) {
      const names = columns[table].map((column) =>
        column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      );
      const list = sql.join(names.map((name) => sql`${sql.id(name)}`));
      const reader = this.#open || this.scopes > 0 ? this.session : this.#db;
      const found = await reader.rows(sql`select ${list} from ${sql.id(table)}`);
      const shown = (values: readonly unknown[]): string => values.map(textOf).join(" | ");
      const expected = [...this.tables[table].values()].map((row) => shown(Object.values(row)));
      assert.deepEqual(found.map(shown).sort(), expected.sort(), `rows of ${table}`);
    }
    const wrong = await this.#db.rows(sql`select id from writers where shown <> upper(name)`);
    assert.deepEqual(wrong, []);
  }
}

function textOf(value: unknown): string {
  const text = typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
  return text.replaceAll(" ", "");
}
