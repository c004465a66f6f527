/**
 * What an entity remembers beside its columns: the row it was read from, the query it came with, and the related rows
 * that were loaded. Kept in private fields, so that nobody prints, copies or serializes it.
 */

/** A row as the driver gave it: what the entity's columns were when it was read or last written. */
export type Row = readonly unknown[];

/** The rows that came from one query together: what is loaded for one of them is loaded for all. */
export interface Company {
  /** The session or database they were read through. */
  readonly reader: object;
  readonly members: readonly EntityRecord[];
}

/** The base of every entity. */
export class EntityRecord {
  #row: Row | undefined;
  #company: Company | undefined;
  #related: Map<string, unknown> | undefined;
  #given: object | undefined;

  constructor(row: Row | undefined, company: Company | undefined) {
    this.#row = row;
    this.#company = company;
    this.#related = undefined;
    this.#given = undefined;
  }

  /** What the application made the entity of; `undefined` for one that was read or has been written. */
  static given(entity: EntityRecord): object | undefined {
    return entity.#given;
  }

  static setGiven(entity: EntityRecord, values: object): void {
    entity.#given = values;
  }

  /** The row in the database; `undefined` for an entity that has not been written. */
  static row(entity: EntityRecord): Row | undefined {
    return entity.#row;
  }

  static setRow(entity: EntityRecord, row: Row | undefined): void {
    entity.#row = row;
    // A request's data is not held for as long as the entity lives.
    if (row !== undefined) entity.#given = undefined;
  }

  static company(entity: EntityRecord): Company | undefined {
    return entity.#company;
  }

  static setCompany(entity: EntityRecord, company: Company | undefined): void {
    entity.#company = company;
  }

  /** What was loaded along a relation, by the key of the request for it. */
  static related(entity: EntityRecord, key: string): unknown {
    return entity.#related?.get(key);
  }

  static setRelated(entity: EntityRecord, key: string, value: unknown): void {
    entity.#related ??= new Map();
    entity.#related.set(key, value);
  }

  /** Forgets what was loaded, so that it is asked for anew. */
  static forgetRelated(entity: EntityRecord): void {
    entity.#related = undefined;
  }

  static is(value: unknown): value is EntityRecord {
    return typeof value === "object" && value !== null && #row in value;
  }
}
