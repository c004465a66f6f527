/** What a pool has to know of connections, and how they are made and ended. */

export interface PoolMember {
  /** False once it broke. */
  readonly usable: boolean;
  /** Whether nothing runs on it and no transaction is open: only then is it lent again. */
  readonly resting: boolean;
  /** Another number for each statement that runs, 0 while none does. */
  readonly running: number;
}

/** Makes, checks and ends the connections of a pool. */
export interface Opener<Member extends PoolMember> {
  /** Rejects with the reason, with `passing: false` where trying again is no use. */
  open(): Promise<Member>;
  /** Rejects if it does not answer. */
  check(connection: Member): Promise<void>;
  /** Never throws. Resolves when the connection is closed. */
  end(connection: Member): Promise<void>;
  /** Ends one whose statement runs for longer than `deadline`. */
  abandon(connection: Member): void;
  /** The longest a statement may run, in milliseconds; 0 for as long as it likes. */
  readonly deadline: number;
}
