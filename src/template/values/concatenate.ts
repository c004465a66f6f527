/** `a ~ b ~ c`: texts joined, and markup where one of them is markup. */
import { Html } from "../../message/index.ts";
import { escapedText, trusted } from "./markup.ts";
import { print, printed } from "./print.ts";

/** The texts of all values, one behind the other; where one is markup, the others are escaped. */
export function concatenate(parts: readonly unknown[]): string | Html {
  let text = "";
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (typeof part === "string") text += part;
    else if (part instanceof Html) return concatenateMarkup(parts);
    else text += print(part);
  }
  return text;
}

function concatenateMarkup(parts: readonly unknown[]): Html {
  let markup = "";
  for (const part of parts) markup += escapedText(printed(part));
  return trusted(markup);
}
