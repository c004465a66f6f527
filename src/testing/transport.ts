/** What goes from a test client to an application and back, whichever way: the seam between memory and socket. */
import { LimpidError } from "../errors/index.ts";
import type { Headers } from "../http/index.ts";
import type { Body } from "../message/index.ts";

/** A request, ready to be sent. */
export interface OutgoingRequest {
  readonly method: string;
  /** The request target in origin-form (RFC 9112 §3.2.1). */
  readonly target: string;
  readonly url: URL;
  /** All of them, with `Host` and what frames the content. */
  readonly headers: Headers;
  readonly content: Body["content"];
  readonly signal: AbortSignal | undefined;
}

/** A response as a client sees it. */
export interface IncomingResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  /** Null where the method or the status has none (RFC 9110 §6.4.1). */
  readonly content: AsyncIterable<Uint8Array> | null;
}

/** A way to the application. */
export interface Transport {
  send(request: OutgoingRequest): Promise<IncomingResponse>;
  close(): Promise<void>;
}

/**
 * Content that says how it ended: `ended(true)` behind its last piece, `ended(false)` when it breaks or the reader
 * gives it up, at once, even while a piece is being waited for. It breaks when `aborted` rejects.
 */
export function watched(
  content: AsyncIterable<Uint8Array>,
  ended: (whole: boolean) => void,
  aborted?: Promise<never>,
): AsyncIterable<Uint8Array> {
  const iterator = content[Symbol.asyncIterator]();
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        try {
          const result = await (aborted ? Promise.race([iterator.next(), aborted]) : iterator.next());
          if (result.done) ended(true);
          return result;
        } catch (cause) {
          ended(false);
          throw broken(cause);
        }
      },
      return() {
        ended(false);
        void Promise.resolve(iterator.return?.()).catch(() => {});
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
}

/** There will be no response. */
export function unanswered({ method, target }: OutgoingRequest, cause: unknown): LimpidError {
  return new LimpidError("LMP_TESTING_CONNECTION_FAILED", `There was no answer to ${method} ${target}.`, {
    expected: "a response",
    found: cause instanceof Error ? cause.message : String(cause),
    fix: "Look at the log of the application: the connection was broken off before an answer.",
    cause,
  });
}

function broken(cause: unknown): LimpidError {
  return new LimpidError("LMP_TESTING_RESPONSE_BROKEN", "The content of the response broke off.", {
    expected: "the content up to its end",
    found: cause instanceof Error ? cause.message : String(cause),
    fix: "Look at what the handler streams; the log has its error.",
    cause,
  });
}
