/** The tags of extensions: `{% name argument, key=argument %}`, with a body up to `{% endname %}` where they have one. */
import type { Node, Tag } from "../nodes.ts";
import { parseTagArguments } from "./arguments.ts";
import type { OpenTag, Parsing } from "./parsing.ts";

export function parseTag(parsing: Parsing, tag: OpenTag, body: (() => Node[]) | undefined): Tag {
  const args = parseTagArguments(parsing);
  if (body === undefined) parsing.expectTagEnd();
  return { type: "Tag", at: tag.at, name: tag.name, arguments: args, body: body?.() };
}
