/** One exchange with the server: what is sent, and what comes back until the server is ready for the next. */
import type { DriverRow } from "../driver.ts";
import type { PgWire, Submitted } from "./pg.ts";

/**
 * Rows stay as `pg` reads them, arrays of undecoded texts. The connection settles an exchange when the server says
 * that it is ready, not at its first error: then the state of the transaction is known.
 */
export abstract class Exchange implements Submitted {
  rows: DriverRow[] = [];
  /** As in `INSERT 0 5`. */
  tag = "";
  /** Whether there are more rows than were asked for. */
  suspended = false;
  failure: Error | undefined;

  protected abstract send(wire: PgWire): void;
  /** Called once, with `failure` set or not. */
  abstract settle(): void;

  submit(wire: PgWire): Error | null {
    // Corked, the messages of an exchange leave in one write.
    wire.stream.cork();
    try {
      this.send(wire);
    } finally {
      wire.stream.uncork();
    }
    return null;
  }

  handleDataRow(message: { readonly fields: (string | null)[] }): void {
    this.rows.push(message.fields);
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.tag = message.text;
  }

  handlePortalSuspended(): void {
    this.suspended = true;
  }

  handleError(error: Error): void {
    this.failure ??= error;
  }

  handleCopyInResponse(wire: PgWire): void {
    wire.sendCopyFail("COPY takes no data here");
  }

  // Names and types of columns are known from the model; the rest says nothing that is not known.
  handleRowDescription(): void {}
  handleEmptyQuery(): void {}
  handleCopyData(): void {}
  handleReadyForQuery(): void {}
}

/** SQL that stands alone, or several statements, over the simple protocol (PostgreSQL §55.2.3). */
export class ScriptExchange extends Exchange {
  readonly #sql: string;
  readonly #resolve: () => void;
  readonly #reject: (reason: unknown) => void;

  constructor(sql: string, resolve: () => void, reject: (reason: unknown) => void) {
    super();
    this.#sql = sql;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  protected override send(wire: PgWire): void {
    wire.query(this.#sql);
  }

  override handleDataRow(): void {}

  override settle(): void {
    if (this.failure === undefined) this.#resolve();
    else this.#reject(this.failure);
  }
}
