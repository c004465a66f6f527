/** A connection's place in the pool: whether it is lent, since when, to whom, and what it has been running. */
import { type Borrower, borrowingLine } from "./borrower.ts";
import type { PoolMember } from "./pool-member.ts";

export class Slot<Member extends PoolMember> {
  readonly connection: Member;
  readonly retireAt: number;
  lent = false;
  /** When it was lent, or came back. */
  since: number;
  borrower: Borrower | undefined;
  /** Whether whoever has it sets the limits: no statement is overdue. */
  unlimited = false;
  /** What ran when it was looked at last, and since when. */
  #running = 0;
  #runningSince = 0;

  constructor(connection: Member, retireAt: number, now: number) {
    this.connection = connection;
    this.retireAt = retireAt;
    this.since = now;
  }

  lend(now: number, by: Borrower | undefined): Member {
    this.lent = true;
    this.since = now;
    this.borrower = by;
    this.unlimited = false;
    return this.connection;
  }

  /** Leaves the limits to whoever has it, until it is lent again. */
  lift(): void {
    this.unlimited = true;
    this.borrower = undefined;
  }

  /** Whether the same statement has been running for longer than `deadline`; 0 for never. Asked at every sweep. */
  overdue(now: number, deadline: number): boolean {
    const { running } = this.connection;
    if (running !== this.#running) {
      this.#running = running;
      this.#runningSince = now;
      return false;
    }
    return running !== 0 && deadline > 0 && !this.unlimited && now - this.#runningSince > deadline;
  }

  /** Warns once if it has been lent for longer than `leakAfter`. */
  reportLeak(now: number, leakAfter: number): void {
    if (this.borrower === undefined || now - this.since < leakAfter) return;
    const seconds = ((now - this.since) / 1_000).toFixed(0);
    process.emitWarning(
      `A database connection has been held for ${seconds} s. It was borrowed at ${borrowingLine(this.borrower)}.`,
      {
        type: "ConnectionLeakWarning",
        detail: "Close the session or end the transaction when its work is done.",
      },
    );
    this.borrower = undefined;
  }
}
