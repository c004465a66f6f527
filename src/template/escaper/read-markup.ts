/** Follows literal text through the page: hands it from state to state of the tokenizer (HTML §13.2.5). */

import { readBeforeValue, readValue } from "./attribute-value.ts";
import { readBogusComment, readCdata, readComment, readDeclaration, readDoctype } from "./comment.ts";
import type { Cursor } from "./cursor.ts";
import { readOpen, readText } from "./element-text.ts";
import { readRaw } from "./raw-text.ts";
import { readTag, readTagName } from "./tag.ts";

/** Reads on from an offset and gives back where another state takes over, which may be the same offset. */
type Read = (cursor: Cursor, text: string, index: number) => number;

const readers: { readonly [state in Cursor["state"]]: Read } = {
  text: readText,
  open: readOpen,
  "tag name": readTagName,
  spot: readTag,
  unsure: readTag,
  "unsure blank": readTag,
  name: readTag,
  "after name": readTag,
  "before value": readBeforeValue,
  value: readValue,
  slash: readTag,
  raw: readRaw,
  declaration: readDeclaration,
  comment: readComment,
  "bogus comment": readBogusComment,
  doctype: readDoctype,
  cdata: readCdata,
  plaintext: (_cursor, text) => text.length,
};

/** Follows a text up to its end. */
export function readMarkup(cursor: Cursor, text: string): void {
  cursor.nonces = [];
  cursor.slash = undefined;
  let index = 0;
  while (index < text.length) {
    cursor.offset = index;
    index = readers[cursor.state](cursor, text, index);
  }
}
