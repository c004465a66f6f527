/** What the layer announces on `trace`. */
import { moment } from "../trace/index.ts";

/** Why a path was answered as if there were nothing. The client is never told. */
export type RefusalReason = "name" | "policy" | "link" | "outside" | "no-file" | "unreadable";

/** A file was read from disk, for the first time or because it has changed. `held`: its bytes stay in memory. */
export const fileLoaded = moment<{ root: string; path: string; size: number; held: boolean }>(
  "static.file.load",
);

/** A path was refused, though there may be something at it. */
export const fileRefused = moment<{ root: string; path: string; reason: RefusalReason }>(
  "static.file.refuse",
);
