/** The content of a request as it arrives: fed by the connection, pulled by the application, bounded between them. */
import type { ContentSource } from "../message/index.ts";

/** What the body needs of its connection. */
export interface BodyOwner {
  /** Somebody waits for content: send `100 Continue` if it was asked for, and read. */
  wanted(): void;
  /** Nobody will read the rest. */
  cancelled(): void;
}

/** A queue between the connection and the application. */
export class RequestBody implements ContentSource {
  readonly length: number | undefined;
  /** Bytes that have arrived so far. */
  received = 0;
  /** Whether the last byte has arrived. */
  complete = false;
  /** Whether the application has read since this was last set to false. */
  taken = false;
  /** Bytes that wait for the application. */
  held = 0;
  /** Bytes that came when nobody wanted them any more. */
  discardedBytes = 0;
  readonly #owner: BodyOwner;
  readonly #queue: Uint8Array[] = [];
  /** The first piece while its memory is still the parser's: it is copied when it has to wait. */
  #lent: Uint8Array | undefined;
  #waiting: PromiseWithResolvers<Uint8Array | null> | undefined;
  #error: Error | undefined;
  #discarding = false;

  constructor(length: number | undefined, owner: BodyOwner) {
    this.length = length;
    this.#owner = owner;
  }

  /** Whether nobody will read the rest. */
  get discarded(): boolean {
    return this.#discarding;
  }

  /** Whether the application waits for the next piece. */
  get waiting(): boolean {
    return this.#waiting !== undefined;
  }

  read(): Promise<Uint8Array | null> {
    this.taken = true;
    this.retain();
    const piece = this.#queue.shift();
    if (piece !== undefined) {
      this.held -= piece.length;
      this.#owner.wanted();
      return Promise.resolve(piece);
    }
    if (this.#error !== undefined) return Promise.reject(this.#error);
    if (this.complete || this.#discarding) return Promise.resolve(null);
    this.#waiting = Promise.withResolvers();
    const { promise } = this.#waiting;
    this.#owner.wanted();
    return promise;
  }

  whole(): Uint8Array | undefined {
    if (!this.complete || this.#discarding) return undefined;
    const only = this.#lent ?? (this.#queue.length === 1 ? this.#queue[0] : undefined);
    if (only === undefined || this.held !== this.received) return undefined;
    this.taken = true;
    this.#lent = undefined;
    this.#queue.length = 0;
    this.held = 0;
    return only;
  }

  /** The turn in which pieces were pushed is over: their memory will be filled again. */
  retain(): void {
    if (this.#lent === undefined) return;
    this.#queue.push(copyOf(this.#lent));
    this.#lent = undefined;
  }

  cancel(): void {
    this.#discarding = true;
    this.#lent = undefined;
    this.#queue.length = 0;
    this.held = 0;
    this.#settle(null);
    this.#owner.cancelled();
  }

  /** Takes the next piece; the memory is the parser's until `retain`. */
  push(bytes: Uint8Array): void {
    this.received += bytes.length;
    if (this.#discarding) {
      this.discardedBytes += bytes.length;
      return;
    }
    if (this.#waiting !== undefined) {
      this.#settle(copyOf(bytes));
      return;
    }
    this.retain();
    if (this.#queue.length === 0) this.#lent = bytes;
    else this.#queue.push(copyOf(bytes));
    this.held += bytes.length;
  }

  /** The last byte has arrived. */
  finish(): void {
    this.complete = true;
    this.#settle(null);
  }

  /** No more will arrive; whoever reads learns why. */
  fail(error: Error): void {
    if (this.complete) return;
    this.#error ??= error;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }

  #settle(piece: Uint8Array | null): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(piece);
  }
}

/** Memory of its own, which is written once: a new array would be filled with zeros first. */
function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return new Uint8Array(copy.buffer);
}
