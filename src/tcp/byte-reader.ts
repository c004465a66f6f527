/** Reading a `Connection` with `for await`: bytes wait in the system, not in memory, while the consumer is busy. */
import type { EventEmitter } from "node:events";
import { LimpidError } from "../errors/index.ts";
import type { ConnectionEvents } from "./connection-events.ts";

/** The part of a connection that a reader needs. */
export interface ByteSource extends EventEmitter<ConnectionEvents> {
  readonly readable: boolean;
  readonly closed: boolean;
  pause(): void;
  resume(): void;
}

/**
 * Yields what arrives until the peer's last byte. Throws what broke the connection, so that half a message is never
 * taken for a whole one. Leaving the loop early leaves the connection open; what comes
 * then waits for the next consumer.
 */
export async function* readBytes(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  const waiting: Uint8Array[] = [];
  let ended = !source.readable && !source.closed;
  let failure: Error | undefined = source.closed ? closedWhileReading() : undefined;
  let wake = (): void => {};
  const onData = (bytes: Uint8Array): void => {
    source.pause();
    // The memory may be filled again as soon as this returns.
    waiting.push(Uint8Array.from(bytes));
    wake();
  };
  const onEnd = (): void => {
    ended = true;
    wake();
  };
  const onClose = (error: Error | undefined): void => {
    failure = error ?? closedWhileReading();
    wake();
  };
  source.on("data", onData).on("end", onEnd).on("close", onClose);
  try {
    while (true) {
      const bytes = waiting.shift();
      if (bytes) yield bytes;
      else if (ended) return;
      else if (failure) throw failure;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
          source.resume();
        });
      }
    }
  } finally {
    source.off("data", onData).off("end", onEnd).off("close", onClose);
  }
}

function closedWhileReading(): LimpidError {
  return new LimpidError(
    "LMP_TCP_CONNECTION_CLOSED",
    "The connection closed before the peer had sent its last byte.",
    {
      expected: "bytes, or the peer's end",
      found: "a closed connection",
    },
  );
}
