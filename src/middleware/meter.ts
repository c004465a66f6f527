/** What the ways of counting have in common: `token-bucket.ts` and `sliding-window.ts`. */

/** What a meter says about a charge at one moment. Times are milliseconds from then on. */
export interface Reading {
  readonly allowed: boolean;
  /** Whole units that are left. */
  readonly remaining: number;
  /** Until there are more units; 0 where none are missing. */
  readonly reset: number;
  /** Until the charge would be allowed; 0 where it is. */
  readonly retry: number;
}

/** Counts the units of one key. Moments are milliseconds of a clock that never goes back. */
export interface Meter {
  /** Whether `cost` units may pass now. Changes nothing that a later reading could tell. */
  read(cost: number, now: number): Reading;
  /** Lets them pass. To be called behind `read`, at the same moment. */
  spend(cost: number): void;
  /** From this moment on it is as good as new. */
  readonly idleAt: number;
}
