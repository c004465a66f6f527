/** The content of a request that `node:http` has received, pulled piece by piece. */
import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import { LimpidError } from "../../errors/index.ts";
import type { ContentSource } from "../../message/index.ts";
import { clientGone } from "../connection-errors.ts";

/** Reads no faster than it is asked to; the rest waits in the socket. */
export class NodeContent implements ContentSource {
  readonly length: number | undefined;
  readonly #incoming: IncomingMessage | Http2ServerRequest;
  #cancelled = false;

  constructor(incoming: IncomingMessage | Http2ServerRequest, length: number | undefined) {
    this.#incoming = incoming;
    this.length = length;
  }

  async read(): Promise<Uint8Array | null> {
    const incoming = this.#incoming;
    for (;;) {
      if (this.#cancelled) return null;
      const piece = incoming.read() as Buffer | string | null;
      if (piece !== null) return typeof piece === "string" ? Buffer.from(piece) : piece;
      if (incoming.readableEnded) return null;
      if (incoming.destroyed) throw clientGone();
      await this.#change();
    }
  }

  /** Lets the rest pass, so that the host can find the end of the message. */
  cancel(): void {
    this.#cancelled = true;
    this.#incoming.resume();
  }

  /** Resolves when there may be something new to read. */
  #change(): Promise<void> {
    const incoming = this.#incoming;
    const events = ["readable", "end", "close", "error"];
    return new Promise((resolve) => {
      const settle = (): void => {
        for (const event of events) incoming.off(event, settle);
        resolve();
      };
      for (const event of events) incoming.on(event, settle);
    });
  }
}

/** Content that something in front of the application has read already. */
export function contentTaken(): LimpidError {
  return new LimpidError("LMP_SERVER_CONTENT_TAKEN", "The content was read before the application saw it.", {
    expected: "a request whose content nobody has read",
    found: "a request that has been read",
    fix: "Put the listener in front of whatever parses bodies.",
  });
}
