/** The events of a `Connection`, apart from it so that `byte-reader.ts` can know them too. */

/** What a connection announces, with what each listener receives. */
export type ConnectionEvents = {
  /** Bytes have arrived. Use or copy them before returning: the memory may be filled again afterwards. */
  data: [bytes: Uint8Array];
  /** The peer has sent its last byte and all of them were handed out. Writing is still possible. */
  end: [];
  /** What was queued has left; `write` may go on. */
  drain: [];
  /** No byte moved for the idle timeout. Where nobody listens, the connection is destroyed. */
  timeout: [];
  /** The server stops and waits: finish what is begun, then end. */
  stopping: [];
  /** The connection broke; `close` follows. Nothing happens where nobody listens. */
  error: [error: Error];
  /** The last event: nothing will be read or written any more. */
  close: [error: Error | undefined];
};

/**
 * Who takes what a connection announces, in place of listeners: one object for all of it costs less memory, and less
 * time for each piece, than a listener for each event.
 */
export interface ConnectionConsumer {
  /** As the event `data`. */
  receive(bytes: Uint8Array): void;
  /** As the event `end`. */
  ended(): void;
  /** As the event `drain`. */
  drained(): void;
  /** As the event `close`. */
  closed(error: Error | undefined): void;
}
