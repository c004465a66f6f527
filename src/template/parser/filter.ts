/** `{% filter upper | trim %}…{% endfilter %}` */
import type { FilterBlock } from "../nodes.ts";
import { parseWholeBody } from "./body.ts";
import { parseFilterChain } from "./captured.ts";
import type { Parsing } from "./parsing.ts";

export function parseFilterBlock(parsing: Parsing, at: number): FilterBlock {
  const value = parseFilterChain(parsing, at);
  return { type: "FilterBlock", at, value, body: parseWholeBody(parsing, { name: "filter", at }) };
}
