/** `{% break %}` and `{% continue %}` */
import type { Signal } from "../body.ts";

export function runBreak(): Signal {
  return "break";
}

export function runContinue(): Signal {
  return "continue";
}
