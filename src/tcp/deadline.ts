/** A moment at which something happens, which can be brought forward and not put off. */

/** Runs an action once, at the earliest of the times that `within` was told. */
export class Deadline {
  readonly #action: () => void;
  #at = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(action: () => void) {
    this.#action = action;
  }

  /** At the latest in so many milliseconds; 0 is now. Keeps the process running, for whoever waits behind it. */
  within(milliseconds: number): void {
    const at = performance.now() + milliseconds;
    if (at >= this.#at) return;
    this.#at = at;
    clearTimeout(this.#timer);
    if (milliseconds <= 0) this.#action();
    else this.#timer = setTimeout(this.#action, Math.min(milliseconds, 2 ** 31 - 1));
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}
