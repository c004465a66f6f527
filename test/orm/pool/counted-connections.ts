/** Connections to nothing, for tests of the pool: counted, and broken or slow when the test says so. */
import type { Opener, PoolMember } from "../../../src/orm/driver/pool/pool-member.ts";

export class CountedConnection implements PoolMember {
  usable = true;
  resting = true;
  running = 0;
  ended = false;
  abandoned = false;
  answers = true;
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }
}

export class CountedConnections implements Opener<CountedConnection> {
  deadline = 0;
  opened: CountedConnection[] = [];
  /** When each attempt to open began. */
  attempts: number[] = [];
  checks = 0;
  /** Thrown at each attempt while it is set. */
  failure: Error | undefined;
  /** How long an attempt takes. */
  delay = 0;
  underway = 0;
  mostUnderway = 0;

  async open(): Promise<CountedConnection> {
    this.attempts.push(performance.now());
    this.underway += 1;
    this.mostUnderway = Math.max(this.mostUnderway, this.underway);
    await new Promise((resolve) => setTimeout(resolve, this.delay));
    this.underway -= 1;
    if (this.failure !== undefined) throw this.failure;
    const connection = new CountedConnection(this.opened.length + 1);
    this.opened.push(connection);
    return connection;
  }

  async check(connection: CountedConnection): Promise<void> {
    this.checks += 1;
    if (!connection.answers) throw new Error("no answer");
  }

  async end(connection: CountedConnection): Promise<void> {
    connection.ended = true;
  }

  abandon(connection: CountedConnection): void {
    connection.abandoned = true;
    connection.usable = false;
    connection.running = 0;
  }
}
