/**
 * Settles whether a write was in time. A thread that is told to end goes on until its statement is done, and a write
 * that stands alone would then be committed although its timeout has been reported. So a worker asks before it
 * commits, and this thread says before it reports; whoever comes first has decided.
 */
const free = 0;
const cancelled = 1;
const committing = 2;

export class CommitGuard {
  readonly memory: SharedArrayBuffer;
  readonly #state: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(4)) {
    this.memory = memory;
    this.#state = new Int32Array(memory);
  }

  /** In the worker: whether it may commit. */
  mayCommit(): boolean {
    return Atomics.compareExchange(this.#state, 0, free, committing) === free;
  }

  /** In the worker: the commit is done, or has failed. */
  committed(): void {
    Atomics.compareExchange(this.#state, 0, committing, free);
  }

  /** In this thread: whether the write was stopped. From then on nothing is committed. */
  cancel(): boolean {
    return Atomics.compareExchange(this.#state, 0, free, cancelled) !== committing;
  }
}
