/** Where a template that waits writes to: text that gathers until somebody takes it. */

/** Text as it gathers. */
export class Sink {
  text = "";

  add(text: string): void {
    this.text += text;
  }

  /** UTF-16 code units that were written, those that have left included. */
  get length(): number {
    return this.text.length;
  }
}

/** A sink whose text leaves, piece by piece, whenever the template has to wait for something. */
export class StreamSink extends Sink {
  #taken: (() => void) | undefined;
  #offered: (() => void) | undefined;
  /** Whether what has gathered may leave: the template waits, and was not merely looked at between two rounds. */
  #ready = false;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #closed = false;
  #left = 0;

  /** Lets go what has gathered, as soon as the reader has taken what came before, and waits for a value. */
  async wait<Value>(value: PromiseLike<Value>): Promise<Value> {
    const promise = Promise.resolve(value);
    if (await isPending(promise)) {
      await this.#reader();
      this.#offer();
    }
    return await promise;
  }

  override get length(): number {
    return this.#left + this.text.length;
  }

  /** The reader is gone: what waits for it goes on no more. */
  close(): void {
    this.#closed = true;
    this.#taken?.();
  }

  end(): void {
    this.#ended = true;
    this.#offer();
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.end();
  }

  /** The text, in pieces. */
  async *pieces(): AsyncGenerator<string> {
    try {
      for (;;) {
        if (!this.#ready && !this.#ended) await this.#piece();
        this.#ready = false;
        if (this.text !== "") {
          const piece = this.text;
          this.text = "";
          this.#left += piece.length;
          this.#taken?.();
          yield piece;
        } else if (this.#failure !== undefined) throw this.#failure.error;
        else if (this.#ended) return;
      }
    } finally {
      this.close();
    }
  }

  #offer(): void {
    this.#ready = true;
    this.#offered?.();
  }

  #piece(): Promise<void> {
    return new Promise((resolve) => {
      this.#offered = resolve;
    });
  }

  /** Resolves when not more than one piece waits for the reader. */
  async #reader(): Promise<void> {
    while (this.text.length > HIGH_WATER && !this.#closed) {
      this.#offer();
      await new Promise<void>((resolve) => {
        this.#taken = resolve;
      });
    }
    if (this.#closed) throw new ReaderGone();
  }
}

/** UTF-16 code units that may gather before a template waits for its reader. */
const HIGH_WATER = 16_384;

const nobody = Symbol("nobody");

/** Whether a promise takes longer than this turn: what is there already is no reason to send a piece. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const first = await Promise.race([promise, Promise.resolve(nobody)]).catch(() => undefined);
  return first === nobody;
}

/** Ends a rendering that nobody reads any more. */
export class ReaderGone extends Error {}
