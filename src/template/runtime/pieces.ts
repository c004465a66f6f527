/** Text that compiled code makes a value of, and pieces of text that depend on the rendering. */
import { Html } from "../../message/index.ts";
import { print } from "../values/print.ts";
import type { Renderer } from "./renderer.ts";

/** Text that may have places for the nonce. */
export function nonced(renderer: Renderer, text: string): string {
  renderer.nonced = true;
  return text;
}

/** A value as it is, where nothing is escaped. */
export function plain(value: unknown, renderer: Renderer): string {
  if (typeof value === "string") return value;
  return value instanceof Html ? renderer.markup(value) : print(value);
}

/** What a block wrote, as a value: markup where values in it were escaped. */
export function captured(text: string, escaping: boolean, renderer: Renderer): string | Html {
  if (!escaping) return text;
  return renderer.nonced ? Html.withNoncePlaces(text) : new Html(text);
}
