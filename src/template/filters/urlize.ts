/** The filter that makes links of the addresses in a text. */
import { escapeHtml, Html } from "../../message/index.ts";
import { toArray } from "../values/iterate.ts";
import { markupOf, trusted } from "../values/markup.ts";
import type { Arguments } from "./arguments.ts";
import { decodeReferences } from "./character-references.ts";
import { defineFilter } from "./define-filter.ts";
import { linkWord } from "./link-word.ts";
import { changeText } from "./markup-text.ts";
import { textOf } from "./text-of.ts";

/** Elements whose content is no text, or is a link or a label that must not have links in it. */
const withoutLinks =
  /^(?:a|button|iframe|math|noembed|noframes|noscript|option|plaintext|script|select|style|svg|template|textarea|title|xmp)$/;

interface LinkStyle {
  readonly limit: number;
  /** The attributes behind `href` of a link to a page. */
  readonly attributes: string;
  readonly schemes: readonly string[];
}

/**
 * The text as markup, escaped, with links around web and mail addresses. `trim_url_limit` shortens what a link shows;
 * `nofollow`, `rel` and `target` go into the link beside `rel="noopener"`; `extra_schemes` are further ones to link,
 * such as `["tel:"]`. In markup, addresses between the tags are linked.
 */
export const urlize = defineFilter(
  "urlize(trim_url_limit=none, nofollow=false, target=none, rel=none, extra_schemes=none)",
  function (value, given) {
    const style = styleOf(given);
    const markup =
      value instanceof Html
        ? changeText(
            markupOf(value),
            (text) => linked(text, (word) => linkMarkup(decodeReferences(word), style) ?? word),
            withoutLinks,
          )
        : linked(textOf(value), (word) => linkMarkup(word, style) ?? escapeHtml(word));
    return this.escaping ? trusted(markup) : markup;
  },
);

function linked(text: string, change: (word: string) => string): string {
  return text.replace(/\S+/g, change);
}

/** A word with a link in it; undefined where it is no address. */
function linkMarkup(word: string, { limit, attributes, schemes }: LinkStyle): string | undefined {
  const { head, tail, href, shown, page } = linkWord(word, schemes);
  if (href === undefined) return undefined;
  const label = page && shown.length > limit ? `${shown.slice(0, limit).toWellFormed()}...` : shown;
  const link = `<a href="${escapeHtml(href)}"${page ? attributes : ""}>${escapeHtml(label)}</a>`;
  return escapeHtml(head) + link + escapeHtml(tail);
}

function styleOf(given: Arguments): LinkStyle {
  const limit =
    given.get("trim_url_limit") === undefined
      ? Infinity
      : given.integer("trim_url_limit", 0, 0, Number.MAX_SAFE_INTEGER);
  const rel = new Set(given.text("rel", "").split(/\s+/).filter(Boolean));
  if (given.flag("nofollow", false)) rel.add("nofollow");
  rel.add("noopener");
  const target = given.text("target", "");
  const attributes = ` rel="${escapeHtml([...rel].sort().join(" "))}"`;
  return {
    limit,
    attributes: target === "" ? attributes : `${attributes} target="${escapeHtml(target)}"`,
    schemes: schemesOf(given),
  };
}

/** Schemes whose URLs run or are pages of their own. */
const running = new Set(["javascript", "vbscript", "data", "blob", "filesystem", "livescript", "mocha"]);

function schemesOf(given: Arguments): string[] {
  const schemes = given.get("extra_schemes");
  if (schemes === undefined) return [];
  if (!Array.isArray(schemes) && !(schemes instanceof Set)) throw refused(given);
  return toArray(schemes).map((scheme) => {
    const [, name] = (typeof scheme === "string" && /^([A-Za-z][\w.+-]+):\/{0,2}$/.exec(scheme)) || [];
    if (name === undefined || running.has(name.toLowerCase())) throw refused(given);
    return String(scheme);
  });
}

function refused(given: Arguments): Error {
  return given.refused("extra_schemes", 'a list of schemes that run nothing, such as ["tel:", "ftp:"]');
}
