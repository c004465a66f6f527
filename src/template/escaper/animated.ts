/**
 * What an animation of SVG gives to another attribute, in `to`, `from`, `by` and `values`. That attribute may be
 * `href`, as `attributeName` says before or behind it, so nothing with a scheme passes.
 */
import { textOf } from "./escape-text.ts";
import { BLOCKED_URL } from "./escape-url.ts";

export function animatedValue(value: unknown): string {
  const text = textOf(value);
  return text.includes(":") ? BLOCKED_URL : text;
}
