/** A value as element text. */
import { Html } from "../../message/index.ts";
import { escapeText } from "../escaper.ts";
import { print } from "../values/print.ts";
import type { Renderer } from "./renderer.ts";

/** What the compiled code does not do itself: everything that is no string. */
export function printed(value: unknown, renderer: Renderer): string {
  switch (typeof value) {
    case "string":
      return escapeText(value);
    case "number":
    case "boolean":
    case "bigint":
      return String(value);
    case "undefined":
      return "";
    default:
      if (value === null) return "";
      return value instanceof Html ? renderer.markup(value) : escapeText(print(value));
  }
}
