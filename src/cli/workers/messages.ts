/** What a primary and its workers say to each other, apart from what an application sends on the same channel. */
import type { ServerOptions } from "../../server/index.ts";
import type { ProcessReport } from "../status/process-report.ts";

/** What a worker is to serve; the argument that its process is started with. */
export interface Orders {
  /** The path of the application's module. */
  readonly application: string;
  readonly options: ServerOptions;
  /** Milliseconds between a signal and the end of listening. */
  readonly pause: number;
}

export type ToWorker =
  /** Another worker has taken over: end what has begun. */
  | { readonly limpid: "drain" }
  | { readonly limpid: "report" }
  /** Everything that was on its way has arrived. */
  | { readonly limpid: "exit" };

export type ToPrimary =
  | { readonly limpid: "ready"; readonly url: string }
  | { readonly limpid: "failed"; readonly text: string; readonly code: number }
  | { readonly limpid: "draining" }
  | { readonly limpid: "report"; readonly report: ProcessReport }
  | { readonly limpid: "done"; readonly code: number };

/** Whether a message is one of these. */
export function isOurs<Message extends ToWorker | ToPrimary>(message: unknown): message is Message {
  return typeof message === "object" && message !== null && "limpid" in message;
}
