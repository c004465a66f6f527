/** What the parts of a run of migrations share: the connection, the lock, the consents, and whom to tell. */
import type { Direction } from "./migration.ts";
import type { MigrationLock } from "./migration-lock.ts";
import type { MigrationConnection } from "./plain-sql.ts";

/** What happens in a run, as it happens. */
export type MigrationEvent =
  /** Another process is migrating; the run waits for it. */
  | { readonly kind: "waiting" }
  | {
      readonly kind: "begin";
      readonly name: string;
      readonly direction: Direction;
      readonly steps: number;
      /** How many steps an interrupted run has done already. */
      readonly done: number;
    }
  /** Before a step, and after it. `step` counts from 1. */
  | { readonly kind: "step" | "stepped"; readonly name: string; readonly step: number; readonly sql: string }
  | {
      readonly kind: "end";
      readonly name: string;
      readonly direction: Direction;
      readonly milliseconds: number;
    };

export interface MigrationRun extends MigrationConnection {
  readonly lock: MigrationLock;
  /** Whether what migrations declare to destroy may be destroyed where it holds data. */
  readonly allowDataLoss: boolean;
  /** Resolves when whoever listens is done. */
  tell(event: MigrationEvent): void | Promise<void>;
}
