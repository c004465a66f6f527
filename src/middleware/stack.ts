/** Makes one middleware of several. */
import { chain } from "./compose.ts";
import { structured } from "./structure.ts";
import type { AddedBy, Middleware } from "./types.ts";
import { partName } from "./when.ts";

/**
 * One middleware that is all of these, the first outermost; what a combinator takes where several are meant.
 *
 * @example
 * ```ts
 * import { compose, onPaths, requestId, secureHeaders, stack } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const pages = stack(requestId(), secureHeaders());
 * const response = await compose([onPaths("/pages/*", pages)], () => "Hi")(new Request("/pages/1"));
 * console.log(response.headers.get("x-content-type-options")); // nosniff
 * ```
 */
export function stack<const List extends readonly Middleware[]>(
  ...middleware: List
): Middleware<AddedBy<List>> {
  const first = chain(middleware, (_request, last) => last!());
  return structured(
    `stack(${middleware.map(partName).join(", ")})`,
    (request, next) => first(request, next),
    {
      kind: "stack",
      parts: middleware,
    },
  ) as Middleware<AddedBy<List>>;
}
