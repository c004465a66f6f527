/** `joiner(separator)`: a function that gives nothing the first time and the separator from then on. */
import { withParameters } from "../values/call.ts";

export const joiner = withParameters(["sep"], (separator: unknown = ", "): (() => unknown) => {
  let used = false;
  return () => {
    if (used) return separator;
    used = true;
    return "";
  };
});
