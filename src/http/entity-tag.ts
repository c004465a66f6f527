/** Entity tags (RFC 9110 §8.8.3): made, read in lists, and compared in the two ways there are. */
import { LimpidError } from "../errors/index.ts";
import { octets } from "./byte-classes.ts";
import { FieldScanner } from "./field-scanner.ts";

/** `entity-tag = [ "W/" ] DQUOTE *etagc DQUOTE`, with `etagc` all that is visible but the quote, and `obs-text`. */
const entityTagAt = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/y;

/**
 * An entity tag as it stands in a field. A strong one promises that two representations with it are equal octet for
 * octet, a weak one that they mean the same.
 *
 * @param opaque - What the tag consists of: visible ASCII without `"`.
 * @throws LimpidError `LMP_HTTP_ENTITY_TAG_INVALID` for text that cannot stand in a tag.
 *
 * @example
 * ```ts
 * import { entityTag, isSameStrongly, isSameWeakly } from "limpid/http";
 *
 * const strong = entityTag("7f-19a2");
 * const weak = entityTag("7f-19a2", { weak: true });
 * console.log(strong, weak); // "7f-19a2" W/"7f-19a2"
 * console.log(isSameStrongly(strong, weak), isSameWeakly(strong, weak)); // false true
 * ```
 */
export function entityTag(opaque: string, options: { weak?: boolean | undefined } = {}): string {
  if (/^[\x21\x23-\x7e]*$/.test(opaque)) return options.weak ? `W/"${opaque}"` : `"${opaque}"`;
  throw new LimpidError("LMP_HTTP_ENTITY_TAG_INVALID", "An entity tag cannot hold this text.", {
    expected: "visible ASCII without spaces and quotes",
    found: JSON.stringify(opaque.slice(0, 80)),
    fix: 'Make the tag of a hash or a version: entityTag("v42").',
  });
}

/** The strong comparison (RFC 9110 §8.8.3.2): equal, and neither is weak. For `If-Match` and `If-Range`. */
export function isSameStrongly(one: string, other: string): boolean {
  return one === other && !one.startsWith("W/");
}

/** The weak comparison (RFC 9110 §8.8.3.2): equal, weak or not. For `If-None-Match`. */
export function isSameWeakly(one: string, other: string): boolean {
  return one === other || opaquePart(one) === opaquePart(other);
}

function opaquePart(tag: string): string {
  return tag.startsWith("W/") ? tag.slice(2) : tag;
}

/**
 * The tags in an `If-Match` or `If-None-Match` field, `"*"` where it stands for every tag. What breaks the grammar
 * ends the list: whatever comes behind it could be read in two ways. Takes time in proportion to the field's length.
 *
 * @example
 * ```ts
 * import { entityTags } from "limpid/http";
 *
 * console.log(entityTags('W/"a", "b,c"')); // [ 'W/"a"', '"b,c"' ]
 * console.log(entityTags("*")); // *
 * ```
 */
export function entityTags(field: string): readonly string[] | "*" {
  const scanner = new FieldScanner(field);
  const tags: string[] = [];
  scanner.skipWhitespace();
  if (scanner.isNext(octets.asterisk)) return field.trim() === "*" ? "*" : tags;
  while (!scanner.atEnd) {
    if (!scanner.isNext(octets.comma)) {
      const tag = entityTagFrom(field, scanner.position);
      if (tag === undefined) return tags;
      scanner.position += tag.length;
      tags.push(tag);
      scanner.skipWhitespace();
    }
    if (!scanner.atEnd && !scanner.skip(octets.comma)) return tags;
    scanner.skipWhitespace();
  }
  return tags;
}

/** The whole text as one tag, `undefined` where it is none. */
export function parseEntityTag(text: string): string | undefined {
  const tag = entityTagFrom(text, 0);
  return tag === text ? tag : undefined;
}

function entityTagFrom(text: string, position: number): string | undefined {
  entityTagAt.lastIndex = position;
  return entityTagAt.exec(text)?.[0];
}
