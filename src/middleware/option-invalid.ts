/** The error of a middleware that was created with an option it cannot take. */
import { LimpidError } from "../errors/index.ts";

/** `LMP_MIDDLEWARE_OPTION_INVALID`; `option` is named as in the code: `"maxAge of cors"`. */
export function optionInvalid(option: string, expected: string, found: unknown, fix: string): LimpidError {
  return new LimpidError("LMP_MIDDLEWARE_OPTION_INVALID", `The option ${option} is not valid.`, {
    expected,
    found: typeof found === "string" ? JSON.stringify(found.slice(0, 80)) : String(found),
    fix,
  });
}
