/** Reads responses as they stand on the wire, with as little work as their framing permits. */

/** One response. */
export interface ReadResponse {
  readonly status: number;
  /** Whether the server said that nothing comes behind it. */
  readonly close: boolean;
  /** The first bytes of the content. */
  readonly text: string;
  /** Bytes of content. */
  readonly length: number;
}

/** Content that is kept for whoever wants to compare it. */
const KEPT = 1024;

/** The responses of one connection. */
export class ResponseReader {
  #held: Buffer = Buffer.alloc(0);
  #head: { status: number; close: boolean; chunked: boolean } | undefined;
  /** Bytes of the content, or of the chunk and its end of line, that have not come. */
  #missing = 0;
  #text = "";
  #length = 0;

  /** Whether a response has begun and not ended. */
  get within(): boolean {
    return this.#head !== undefined || this.#held.length > 0;
  }

  /** Takes bytes; gives the responses that they complete. */
  push(bytes: Buffer): ReadResponse[] {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const complete: ReadResponse[] = [];
    while (this.#head !== undefined || this.#readHead()) {
      if (!this.#readContent()) break;
      const head = this.#head;
      if (head !== undefined && head.status >= 200) {
        complete.push({ status: head.status, close: head.close, text: this.#text, length: this.#length });
      }
      this.#head = undefined;
    }
    return complete;
  }

  #readHead(): boolean {
    const end = this.#held.indexOf("\r\n\r\n");
    if (end < 0) return false;
    const text = this.#held.toString("latin1", 0, end + 2);
    this.#held = this.#held.subarray(end + 4);
    this.#head = {
      status: Number(text.slice(9, 12)),
      close: /\r\nconnection: *close\r\n/i.test(text),
      chunked: /\r\ntransfer-encoding: *chunked\r\n/i.test(text),
    };
    this.#missing = Number(/\r\ncontent-length: *(\d+)\r\n/i.exec(text)?.[1] ?? 0);
    this.#text = "";
    this.#length = 0;
    return true;
  }

  #readContent(): boolean {
    if (!this.#head?.chunked) return this.#take(0);
    while (true) {
      if (this.#missing > 0 && !this.#take(2)) return false;
      const end = this.#held.indexOf("\r\n");
      if (end < 0) return false;
      const size = Number.parseInt(this.#held.toString("latin1", 0, end), 16);
      if (size === 0) {
        if (this.#held.length < end + 4) return false;
        this.#held = this.#held.subarray(end + 4);
        return true;
      }
      this.#held = this.#held.subarray(end + 2);
      this.#missing = size + 2;
    }
  }

  /** Takes what has come of the missing bytes, the last of which are no content. */
  #take(ending: number): boolean {
    const taken = this.#held.subarray(0, this.#missing);
    this.#held = this.#held.subarray(taken.length);
    this.#missing -= taken.length;
    const content = Math.max(0, taken.length - Math.max(0, ending - this.#missing));
    if (this.#text.length < KEPT) this.#text += taken.toString("latin1", 0, Math.min(content, KEPT));
    this.#length += content;
    return this.#missing === 0;
  }
}
