/** A statement with its values, over the extended protocol (PostgreSQL §55.2.4): prepared, bound, run, in one round trip. */
import type { DriverStatement } from "../driver.ts";
import { Exchange } from "./exchange.ts";
import type { BoundValue, PgWire } from "./pg.ts";
import type { PreparedStatements } from "./prepared-statements.ts";

/** How a statement is run. */
export interface Running {
  readonly statement: DriverStatement;
  readonly values: BoundValue[];
  /** `""`, or a name for one that is read in portions. */
  readonly portal: string;
  /** How many rows at most; 0 for all. */
  readonly limit: number;
  /** `BEGIN …` that goes out before, in the same round trip. */
  readonly begin: string | undefined;
}

export class StatementExchange extends Exchange {
  readonly #running: Running;
  readonly #prepared: PreparedStatements;
  readonly #done: (exchange: StatementExchange) => void;
  #firstFailure: Error | undefined;

  constructor(running: Running, prepared: PreparedStatements, done: (exchange: StatementExchange) => void) {
    super();
    this.#running = running;
    this.#prepared = prepared;
    this.#done = done;
  }

  protected override send(wire: PgWire): void {
    const { statement, values, portal, limit, begin } = this.#running;
    if (begin !== undefined && this.#firstFailure === undefined) {
      wire.parse({ name: "", text: begin });
      wire.bind({ portal: "", statement: "", values: [] });
      wire.execute({ portal: "", rows: 0 });
    }
    wire.bind({ portal, statement: this.#prepared.ready(statement, wire), values });
    wire.execute({ portal, rows: limit });
    wire.sync();
  }

  /**
   * Whether it is to be sent once more: the server no longer has the statement, or not in this form. It found that out
   * before it ran anything. In a transaction the second attempt fails with 25P02, and the first failure is told.
   */
  retries(): boolean {
    const { failure } = this;
    if (failure === undefined || !this.#running.statement.prepare) return false;
    // A broken constraint says that it ran; anything else may have come before the server had the statement.
    if (!String(codeOf(failure)).startsWith("23")) this.#prepared.doubt(this.#running.statement);
    if (this.#firstFailure !== undefined || !isStale(failure)) return false;
    this.#firstFailure = failure;
    this.failure = undefined;
    this.rows = [];
    return true;
  }

  override settle(): void {
    if (this.#firstFailure !== undefined && codeOf(this.failure) === "25P02")
      this.failure = this.#firstFailure;
    this.#done(this);
  }
}

/** Behind a proxy that pools transactions a statement may be unknown; after a migration its plan may be of another type. */
function isStale(failure: Error): boolean {
  const code = codeOf(failure);
  return code === "26000" || (code === "0A000" && failure.message.includes("cached plan"));
}

function codeOf(failure: Error | undefined): unknown {
  return failure !== undefined && "code" in failure ? failure.code : undefined;
}

/** The next rows of a portal, or its end. */
export class PortalExchange extends Exchange {
  readonly #portal: string;
  readonly #limit: number | "close";
  readonly #done: (exchange: PortalExchange) => void;

  constructor(portal: string, limit: number | "close", done: (exchange: PortalExchange) => void) {
    super();
    this.#portal = portal;
    this.#limit = limit;
    this.#done = done;
  }

  protected override send(wire: PgWire): void {
    if (this.#limit === "close") wire.close({ type: "P", name: this.#portal });
    else wire.execute({ portal: this.#portal, rows: this.#limit });
    wire.sync();
  }

  override settle(): void {
    this.#done(this);
  }
}
