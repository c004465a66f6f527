/** One request and its response on a connection: what the request's carrier is, and how the two stand. */
import type { RequestHead } from "../http/index.ts";
import { type Carrier, Request } from "../message/index.ts";
import type { Connection } from "../tcp/index.ts";
import type { RequestBody } from "./request-body.ts";

/** The client has gone or the time is over: what `request.signal` is aborted with. */
export type AbortReason = Error;

/** One request and its response. */
export class Exchange implements Carrier {
  readonly head: RequestHead;
  readonly request: Request;
  readonly content: RequestBody | null;
  /** Whole milliseconds on the server's clock. */
  readonly begun: number;
  /** The same and its fractions, where somebody listens for the end; else 0. */
  started = 0;
  /** Whether the connection is closed behind the response. */
  closeAfter: boolean;
  /** Whether `100 Continue` is owed to the client before it sends its content. */
  continueOwed: boolean;
  /** Whether the response has been begun; from then on an error can only break the connection. */
  answered = false;
  /** Whether the answer is over, or there will be none. */
  ended = false;
  /** When the work that the handler's timeout counts began, or was last seen to wait for the client. */
  workingSince: number;
  readonly #connection: Connection;
  #reason: AbortReason | undefined;
  #listeners: ((reason: unknown) => void)[] | undefined;
  #endListeners: (() => void)[] | undefined;

  constructor(connection: Connection, head: RequestHead, content: RequestBody | null, begun: number) {
    this.#connection = connection;
    this.head = head;
    this.content = content;
    this.begun = begun;
    this.workingSince = begun;
    this.closeAfter = !head.keepAlive;
    this.continueOwed = head.expectContinue && content !== null;
    this.request = new Request(head, this);
  }

  get remoteAddress(): string {
    return this.#connection.remoteAddress;
  }

  get encrypted(): boolean {
    return this.#connection.encrypted;
  }

  /** Whether the last byte of the request has arrived. */
  get received(): boolean {
    return this.content === null || this.content.complete;
  }

  onAbort(listener: (reason: unknown) => void): void {
    if (this.#reason !== undefined) listener(this.#reason);
    else (this.#listeners ??= []).push(listener);
  }

  onEnd(listener: () => void): void {
    if (this.ended) listener();
    else (this.#endListeners ??= []).push(listener);
  }

  /** The answer is over. */
  end(): void {
    this.ended = true;
    for (const listener of this.#endListeners ?? []) listener();
    this.#endListeners = undefined;
  }

  /** Nobody waits for the answer any more. */
  abort(reason: AbortReason): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.content?.fail(reason);
    for (const listener of this.#listeners ?? []) listener(reason);
    this.#listeners = undefined;
  }
}
