/** Does random things in a session and in a reference. */
import assert from "node:assert/strict";
import { type Item, keyOf, linkKey, rowOf, valueIn } from "./ledger.ts";
import { Reckoning } from "./reckoning.ts";
import { type Book, columns, type ModelName, models, type Tag } from "./shelf.ts";

const counted: readonly ModelName[] = ["writers", "books", "desks", "leaves"];

export class Actor extends Reckoning {
  async act(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) await this.step();
    await this.commit();
  }

  protected override async step(): Promise<void> {
    const random = this.random;
    const kind = random.below(20);
    if (kind < 5) this.#add();
    else if (kind < 9) this.#change();
    else if (kind < 11) this.#delete();
    else if (kind < 14) await this.#relate();
    else if (kind === 14) await this.#refresh();
    else if (kind === 15) await this.#merge();
    else if (kind === 16) await this.#query();
    else if (kind === 17) await this.flush();
    else if (kind === 18) await this.transaction();
    else if (this.scopes > 0) await this.flush();
    else await (random.oneIn(4) ? this.rollback() : this.commit());
  }

  #any(table: ModelName): Item | undefined {
    const live = this.live(table);
    return live.length === 0 ? undefined : this.random.pick(live);
  }

  /** One that is there since the last commit, so that its key stays. */
  #old(table: ModelName): Item | undefined {
    const old = this.live(table).filter((item) => this.base.stored.has(item));
    return old.length === 0 ? undefined : this.random.pick(old);
  }

  #email(): string | null {
    return this.random.oneIn(3) ? null : this.random.pick(["a@x", "b@x", "c@x", "d@x", "e@x"]);
  }

  #add(): void {
    const random = this.random;
    const table = random.pick(["writers", "writers", "books", "books", "desks", "tags", "leaves"] as const);
    const name = `${table} ${++this.names}`;
    const given: Record<string, unknown> = {};
    if (table === "writers") Object.assign(given, { name, email: this.#email() });
    if (table === "tags") Object.assign(given, { code: random.pick("abcdefgh"), label: name });
    if (table === "leaves") {
      const parent = random.oneIn(2) ? this.#old("leaves") : undefined;
      Object.assign(given, { name, ...(parent && { parentId: rowOf(parent).id }) });
    }
    if (table === "books") Object.assign(given, { title: name });
    if (table === "desks") {
      const writer = this.#old("writers");
      if (writer === undefined) return;
      Object.assign(given, { writerId: rowOf(writer).id });
    }
    if (counted.includes(table) && random.oneIn(6)) given.id = 1_000_000_000 + random.below(1e8);
    const item = this.#made(table, given);
    this.note(`add ${table} ${JSON.stringify(given)}`);
    this.session.add(item.entity);
    this.items.push(item);
  }

  #made(table: ModelName, given: Record<string, unknown>): Item {
    const entity = new models[table](given as never) as Record<string, unknown>;
    const values: Record<string, unknown> = {};
    for (const column of columns[table]) values[column] = structuredClone(entity[column]);
    const isCounted = counted.includes(table) && given.id === undefined;
    return { table, entity, values, stored: undefined, counted: isCounted, deleted: false };
  }

  #change(): void {
    const random = this.random;
    const table = random.pick(["writers", "books", "desks", "tags", "leaves"] as const);
    const item = this.#any(table);
    if (item === undefined) return;
    const name = `changed ${++this.names}`;
    const set = (column: string, value: unknown): void => {
      this.note(
        `change ${table} ${String(rowOf(item)[columns[table][0] ?? ""])} ${column} = ${String(value)}`,
      );
      item.entity[column] = value;
      item.values[column] = value;
    };
    if (table === "writers" && random.oneIn(3)) {
      this.note(`change mood of ${String(rowOf(item).id)}`);
      (item.entity.mood as { n: number }).n += 1;
      item.values.mood = structuredClone(item.entity.mood);
    } else if (table === "writers") random.oneIn(2) ? set("name", name) : set("email", this.#email());
    else if (table === "books") set("title", random.oneIn(3) ? String(item.values.title) : name);
    else if (table === "desks") set("wood", name);
    else if (table === "leaves") set("name", name);
    else if (random.oneIn(4) && this.base.stored.has(item) && !this.#isLinked(item))
      set("code", random.pick("abcdefgh"));
    else set("label", name);
  }

  /** Whether there are links since the last commit, which have its key. */
  #isLinked(tag: Item): boolean {
    return [...this.links, ...this.written].some((link) => link.tag === tag);
  }

  #delete(): void {
    const table = this.random.pick(["writers", "books", "desks", "tags", "leaves"] as const);
    const item = this.#any(table);
    if (item === undefined) return;
    const children = this.live("leaves").filter((leaf) => valueIn(leaf, "parentId") === rowOf(item).id);
    if (table === "leaves" && this.random.oneIn(2)) for (const child of children) this.#gone(child);
    this.#gone(item);
  }

  #gone(item: Item): void {
    const { table } = item;
    // What becomes of those that were to refer to it is not said anywhere.
    const isWaitedFor =
      this.items.some(({ values }) => Object.values(values).includes(item)) ||
      this.links.some(({ book, tag }) => book === item || tag === item);
    if (isWaitedFor) return;
    this.note(`delete ${table} ${String(rowOf(item)[columns[table][0] ?? ""])}`);
    this.session.delete(item.entity);
    item.deleted = true;
    if (item.stored === undefined) this.items.splice(this.items.indexOf(item), 1);
    else if (this.random.oneIn(4)) {
      this.note("… and add it again");
      this.session.add(item.entity);
      item.deleted = false;
    }
  }

  async #relate(): Promise<void> {
    const kind = this.random.below(4);
    if (kind === 0) return this.#tag();
    const [table, column, targets] =
      kind === 1 ? (["leaves", "parentId", "leaves"] as const) : (["books", "writerId", "writers"] as const);
    const item = this.#any(table);
    const target = this.#any(targets);
    if (item === undefined) return;
    const [one, many] = table === "leaves" ? ["parent", "children"] : ["writer", "books"];
    const parent = item.entity[one ?? ""] as { set(to: unknown): void };
    if (target === undefined || this.random.oneIn(4)) {
      this.note(`${table} ${String(rowOf(item).id)} without ${one}`);
      parent.set(null);
      item.values[column] = null;
      return;
    }
    if (target === item) return;
    this.note(`${table} ${String(rowOf(item).id)} to ${String(rowOf(target).id)}`);
    if (this.random.oneIn(2)) parent.set(target.entity);
    else (target.entity[many ?? ""] as { add(one: unknown): void }).add(item.entity);
    item.values[column] = target;
    // Leaves that are new and hang on each other in a circle cannot be inserted but with null at first, which is done.
  }

  async #tag(): Promise<void> {
    const [book, tag] = [this.#any("books"), this.#any("tags")];
    if (book === undefined || tag === undefined) return;
    // A key that is about to change is not that of the link.
    if (tag.stored !== undefined && tag.stored !== rowOf(tag).code) return;
    const key = linkKey(book, tag);
    const pending = this.links.find((link) => link.book === book && link.tag === tag);
    const isOld = this.base.tables.book_tags.has(key);
    const isThere = this.tables.book_tags.has(key);
    const tags = (book.entity as unknown as InstanceType<typeof Book>).tags;
    const target = tag.entity as unknown as InstanceType<typeof Tag>;
    if (pending === undefined && !isThere) {
      const weight = this.random.below(9);
      this.note(`link ${key}`);
      tags.add(target, { weight });
      this.links.push({ book, tag, weight, key });
    } else if (pending === undefined && isOld && isThere) {
      this.note(`unlink ${key}`);
      tags.remove(target);
      this.links.push({ book, tag, weight: undefined, key });
    } else if (pending?.weight !== undefined && !isThere) {
      this.note(`unlink ${key}, which is not written`);
      tags.remove(target);
      this.links.splice(this.links.indexOf(pending), 1);
    }
  }

  async #refresh(): Promise<void> {
    const table = this.random.pick(["writers", "books", "leaves", "tags"] as const);
    const item = this.#any(table);
    const row = item?.stored === undefined ? undefined : this.tables[table].get(item.stored);
    // By the key it has now it would not be found.
    if (item === undefined || row === undefined || keyOf(table, rowOf(item)) !== item.stored) return;
    // Links that are not written yet are no values of the row, and are not said to be lost.
    if (this.links.some(({ book, tag }) => book === item || tag === item)) return;
    this.note(`refresh ${table} ${item.stored}`);
    assert.equal(await this.session.refresh(item.entity), item.entity);
    item.values = { ...row };
    this.sameValues(item);
  }

  async #merge(): Promise<void> {
    const item = this.#any("writers");
    if (item?.stored === undefined) return;
    const name = `merged ${++this.names}`;
    this.note(`merge ${item.stored}`);
    const made = this.#made("writers", { id: rowOf(item).id, name });
    assert.equal(await this.session.merge(made.entity), item.entity);
    item.values.name = name;
    this.sameValues(item);
  }

  /** Every row as the session gives it: known entities are the same, and keep what was changed of them. */
  async #query(): Promise<void> {
    const table = this.random.pick(["writers", "books", "desks", "tags", "leaves"] as const);
    this.note(`query ${table}`);
    const found = (await this.session.query(models[table]).all()) as Record<string, unknown>[];
    assert.equal(found.length, this.tables[table].size);
    const byEntity = new Map(this.items.map((item) => [item.entity, item]));
    for (const entity of found) {
      const known = byEntity.get(entity);
      if (known !== undefined) this.sameValues(known);
      else {
        const values = Object.fromEntries(
          columns[table].map((column) => [column, structuredClone(entity[column])]),
        );
        const item: Item = {
          table,
          entity,
          values,
          stored: keyOf(table, values),
          counted: true,
          deleted: false,
        };
        assert.deepEqual(rowOf(item), this.tables[table].get(item.stored ?? ""));
        this.items.push(item);
      }
    }
  }
}
