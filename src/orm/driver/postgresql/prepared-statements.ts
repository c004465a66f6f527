/** Which statements a connection has prepared, and under what names. */
import type { DriverStatement } from "../driver.ts";
import type { PgWire } from "./pg.ts";

/** A statement costs the server memory in each connection. */
const most = 500;

export class PreparedStatements {
  /** Names by the statement's id, the oldest first. */
  readonly #names = new Map<number, string>();
  readonly #doubtful = new Set<number>();

  /** Writes what is needed so that the statement can be bound, and gives its name; empty for one that is run once. */
  ready(statement: DriverStatement, wire: PgWire): string {
    if (!statement.prepare) {
      wire.parse({ name: "", text: statement.sql });
      return "";
    }
    const known = this.#names.get(statement.id);
    if (known !== undefined && !(this.#doubtful.size > 0 && this.#doubtful.delete(statement.id)))
      return known;
    this.#names.delete(statement.id);
    const name = `limpid_${statement.id}`;
    for (const [oldest, oldestName] of this.#names) {
      if (this.#names.size < most) break;
      this.#names.delete(oldest);
      this.#doubtful.delete(oldest);
      wire.close({ type: "S", name: oldestName });
    }
    // The server may have the name of a statement in doubt; closing one that it has not is no error.
    wire.close({ type: "S", name });
    wire.parse({ name, text: statement.sql });
    this.#names.set(statement.id, name);
    return name;
  }

  /** After a failure nobody knows whether the server has it: it is prepared anew. */
  doubt(statement: DriverStatement): void {
    if (this.#names.has(statement.id)) this.#doubtful.add(statement.id);
  }
}
