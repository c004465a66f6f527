/** The moments of validation, for logs and metrics; `examine` announces them. */
import { moment } from "../trace/index.ts";

/** What both moments of one validation tell. */
export interface CheckBegin {
  /** The schema itself; the same in both moments. */
  readonly schema: object;
  /** The library's name: `"zod"`. */
  readonly vendor: string;
}

/** How a validation went. */
export interface CheckEnd extends CheckBegin {
  /** The number of things that were wrong; 0 for a valid value, -1 where the schema itself failed. */
  readonly issues: number;
}

export const checkBegin = moment<CheckBegin>("validation.check.begin");
export const checkEnd = moment<CheckEnd>("validation.check.end");
