/** The statements that a connection has prepared, by their id: as many as fit, the longest unused ones go first. */

/** A prepared statement and when it was last used, as a count of uses. */
interface Kept<Statement> {
  readonly statement: Statement;
  lastUse: number;
}

/** Keeps `maximum` statements. A use costs a look-up and a count; what goes is sought when there is no room. */
export class StatementCache<Statement> {
  readonly #maximum: number;
  readonly #drop: (statement: Statement) => void;
  readonly #kept = new Map<number, Kept<Statement>>();
  #uses = 0;

  constructor(maximum: number, drop: (statement: Statement) => void) {
    this.#maximum = maximum;
    this.#drop = drop;
  }

  get size(): number {
    return this.#kept.size;
  }

  get(id: number): Statement | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined) return undefined;
    kept.lastUse = ++this.#uses;
    return kept.statement;
  }

  set(id: number, statement: Statement): void {
    if (this.#kept.size >= this.#maximum) this.#makeRoom();
    this.#kept.set(id, { statement, lastUse: ++this.#uses });
  }

  /** A tenth at once, so that the search is rare. */
  #makeRoom(): void {
    const byAge = [...this.#kept].sort(([, left], [, right]) => left.lastUse - right.lastUse);
    for (const [id, { statement }] of byAge.slice(0, Math.ceil(this.#maximum / 10))) {
      this.#kept.delete(id);
      this.#drop(statement);
    }
  }
}
