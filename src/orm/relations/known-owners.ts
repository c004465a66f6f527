/** Rows that a relation leads to and that are there already: whoever loaded `user.posts` knows each post's author. */
import { type Company, EntityRecord } from "../model/entity-record.ts";
import type { Executor } from "../query/executor.ts";
import type { Relation } from "./resolve.ts";
import { valueIn } from "./row-key.ts";

interface Known {
  readonly epoch: number | undefined;
  readonly owners: ReadonlyMap<unknown, EntityRecord>;
}

/** Noted for the list of rows as a whole: of most rows nobody asks for the owner. */
const knownOfCompany = new WeakMap<Company, Map<Relation, Known>>();

/** Notes whose rows the rows of a company are, by the keys of those. */
export function rememberOwners(
  executor: Executor,
  company: Company,
  relation: Relation,
  keys: readonly unknown[],
  entities: readonly EntityRecord[],
): void {
  const owners = new Map<unknown, EntityRecord>();
  for (let index = 0; index < keys.length; index++) owners.set(keys[index], entities[index] as EntityRecord);
  let known = knownOfCompany.get(company);
  if (known === undefined) {
    known = new Map();
    knownOfCompany.set(company, known);
  }
  known.set(relation, { epoch: executor.changes?.epoch, owners });
}

/** Looks up the rows of a `belongsTo` that are there, among the known owners and in the session. */
export class KnownOwners {
  readonly #executor: Executor;
  readonly #relation: Relation;
  readonly #byPrimaryKey: boolean;
  /** Of the company that was looked at last; nearly always all rows have the same. */
  #company: Company | undefined;
  #owners: ReadonlyMap<unknown, EntityRecord> | undefined;

  constructor(executor: Executor, relation: Relation) {
    this.#executor = executor;
    this.#relation = relation;
    const { primaryKey } = relation.target.table;
    this.#byPrimaryKey = primaryKey.length === 1 && primaryKey[0] === relation.targetColumn;
  }

  find(entity: EntityRecord, key: unknown): EntityRecord | undefined {
    const company = EntityRecord.company(entity);
    if (company !== this.#company) {
      this.#company = company;
      this.#owners = this.#ownersOf(company);
    }
    const { target, ownerColumn } = this.#relation;
    return (
      this.#owners?.get(key) ??
      (this.#byPrimaryKey ? this.#executor.changes?.find(target, valueIn(entity, ownerColumn)) : undefined)
    );
  }

  #ownersOf(company: Company | undefined): ReadonlyMap<unknown, EntityRecord> | undefined {
    const known = company && knownOfCompany.get(company)?.get(this.#relation);
    return known?.epoch === this.#executor.changes?.epoch ? known?.owners : undefined;
  }
}
