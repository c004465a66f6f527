/** What is said between this thread and a worker that has a connection: orders, replies, and errors in transit. */
import { LimpidError } from "../../../errors/index.ts";
import type { DriverValue } from "../../dialects/dialect.ts";
import type { DriverStatement } from "../driver.ts";
import type { Role } from "./open-database.ts";

/** With what a worker is started. */
export interface WorkerStart {
  readonly path: string;
  readonly role: Role;
  /** Milliseconds that SQLite itself waits: a worker may block. */
  readonly busyTimeout: number;
  /** One 32-bit number: who decides whether a write is committed; see `commit-guard.ts`. */
  readonly guard: SharedArrayBuffer;
}

export type Task =
  | {
      readonly kind: "rows" | "row" | "write";
      readonly statement: DriverStatement;
      readonly values: DriverValue[];
    }
  | { readonly kind: "script"; readonly sql: string }
  | {
      readonly kind: "stream";
      readonly stream: number;
      readonly statement: DriverStatement;
      readonly values: DriverValue[];
      readonly size: number;
    }
  | { readonly kind: "next" | "end"; readonly stream: number }
  | { readonly kind: "close" };

export interface Order {
  readonly id: number;
  readonly task: Task;
}

export interface Reply {
  /** The order's; 0 for the word that the connection is open, or why not. */
  readonly id: number;
  readonly value?: unknown;
  readonly error?: CarriedError | undefined;
  readonly inTransaction: boolean;
}

/** What of an error matters to whoever reads it on the other side. */
export interface CarriedError {
  readonly message: string;
  readonly code: string | undefined;
  readonly errcode: number | undefined;
  readonly expected: string | undefined;
  readonly found: string | undefined;
  readonly fix: string | undefined;
}

export function packError(error: unknown): CarriedError {
  const { message = String(error), code, errcode, expected, found, fix } = error as Partial<CarriedError>;
  return { message, code, errcode, expected, found, fix };
}

export function unpackError({ message, code, errcode, ...details }: CarriedError): Error {
  if (code?.startsWith("LMP_") === true) return new LimpidError(code, message, details);
  return Object.assign(new Error(message), { code, ...(errcode === undefined ? {} : { errcode }) });
}
