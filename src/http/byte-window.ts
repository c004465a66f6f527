/** The octets a parser has been handed and not finished with; scanners read and advance it. */

const empty = Buffer.alloc(0);

/** Room for a head that arrives in small pieces, before the first doubling. */
const smallestCopy = 512;

/**
 * A window over received octets. What arrives while the window is empty is read where it lies; only what a scanner
 * left unfinished is copied, by `retain`, because the caller may fill its buffer anew.
 */
export class ByteWindow {
  bytes: Buffer = empty;
  /** The first octet still needed: the begin of the section that is being scanned. */
  start = 0;
  /** The next octet to be read. */
  at = 0;
  /** Behind the last octet received. */
  end = 0;
  /** Whether `bytes` is this window's own and not the caller's. */
  #owned = false;

  /** Octets that are held and not finished with. */
  get length(): number {
    return this.end - this.start;
  }

  push(chunk: Uint8Array): void {
    if (this.start === this.end) {
      this.bytes = Buffer.isBuffer(chunk)
        ? chunk
        : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      this.start = this.at = 0;
      this.end = chunk.length;
      this.#owned = false;
      return;
    }
    if (!this.#owned || this.bytes.length - this.end < chunk.length) this.#move(this.length + chunk.length);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  /** Marks everything up to `at` as finished with. */
  release(): void {
    this.start = this.at;
  }

  /** Makes what is left this window's own, so that the caller may reuse its buffer. */
  retain(): void {
    if (this.start === this.end) this.clear();
    else if (!this.#owned) this.#move(this.length);
  }

  /** Forgets everything. */
  clear(): void {
    this.bytes = empty;
    this.start = this.at = this.end = 0;
    this.#owned = false;
  }

  /** Copies what is left to the begin of a buffer with room for `needed` octets, twice that if it grows again. */
  #move(needed: number): void {
    // Not from the shared pool: a small piece that waits for long would hold a whole slab of it.
    const room = this.#owned ? needed * 2 : needed;
    const copy = Buffer.allocUnsafeSlow(Math.max(room, smallestCopy));
    copy.set(this.bytes.subarray(this.start, this.end));
    this.at -= this.start;
    this.end -= this.start;
    this.start = 0;
    this.bytes = copy;
    this.#owned = true;
  }
}
