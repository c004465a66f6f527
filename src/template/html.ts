/** The `html` tag: markup from template literals, with every value made fit for the place where it stands. */
import { escapeHtml, Html } from "../message/index.ts";
import { engine } from "./engine-on-demand.ts";
import type { HtmlSite } from "./html-site.ts";
import { TemplateError } from "./template-error.ts";

/**
 * A value in an `html` template: text is escaped, `Html` is not, lists are joined, `null`, `undefined`, `true` and
 * `false` are nothing.
 */
export type HtmlValue = string | number | bigint | boolean | null | undefined | Html | readonly HtmlValue[];

/** What some markup was made of, for making it again where it stands in a tag. */
interface Parts {
  readonly strings: TemplateStringsArray;
  readonly values: readonly HtmlValue[];
}

/** Only markup without tags of its own, which is all that can stand in a tag. */
const partsOf = new WeakMap<Html, Parts>();

/**
 * Markup from a template, with every value made fit for the place where it stands, as in templates: escaped in element
 * text and attributes, checked as a URL in `href`, written as JSON in scripts. A place where nothing makes a value safe
 * is an error.
 *
 * Markup without tags may also stand in a tag, as its attributes. In a script, `null` and booleans are what they are.
 *
 * @throws TemplateError `LMP_TEMPLATE_CONTEXT_UNSAFE`, with line and column in the template literal.
 *
 * @example
 * ```ts
 * import { html } from "limpid";
 *
 * const names = ["Ada", "<script>"];
 * console.log(String(html`<ul>${names.map((name) => html`<li>${name}</li>`)}</ul>`));
 * // <ul><li>Ada</li><li>&lt;script&gt;</li></ul>
 *
 * const isOpen = true;
 * console.log(String(html`<details${isOpen && html` open`}><a href="${"javascript:alert(1)"}">?</a></details>`));
 * // <details open><a href="about:invalid#limpid">?</a></details>
 * ```
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  const site = engine().siteOf(strings);
  const { pieces, escapes } = site;
  let markup = pieces[0] as string;
  let hasPlaces = site.hasNonces;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    // Element text is what nearly all values are.
    if (escapes[index] !== undefined) markup += placed(site, index, value);
    else if (typeof value === "string") markup += escapeHtml(value);
    else if (value instanceof Html) {
      markup += value.markup;
      hasPlaces ||= value.hasNoncePlaces;
    } else if (Array.isArray(value)) {
      markup += joined(value);
      hasPlaces ||= havePlaces(value);
    } else markup += inText(value);
    markup += pieces[index + 1];
  }
  const made = hasPlaces ? Html.withNoncePlaces(markup) : new Html(markup);
  if (site.isTagless) partsOf.set(made, { strings, values });
  return made;
}

/** A value in element text. */
function inText(value: HtmlValue): string {
  if (typeof value === "string") return escapeHtml(value);
  if (value instanceof Html) return value.markup;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value === null || value === undefined || typeof value === "boolean") return "";
  return Array.isArray(value) ? joined(value) : escapeHtml(String(value));
}

function joined(values: readonly HtmlValue[]): string {
  let markup = "";
  for (const value of values) markup += inText(value);
  return markup;
}

function havePlaces(values: readonly HtmlValue[]): boolean {
  return values.some((value) =>
    value instanceof Html ? value.hasNoncePlaces : Array.isArray(value) && havePlaces(value),
  );
}

/** A value anywhere but in element text. */
function placed(site: HtmlSite, index: number, value: HtmlValue): string {
  const place = site.placements[index];
  if (place === undefined) return "";
  try {
    if (place.kind === "call") return inTag(site, index, value);
    if (place.kind === "script" || place.kind === "json") return place.escape(value);
    return place.escape(typeof value === "string" ? value : textOf(value));
  } catch (error) {
    if (error instanceof TemplateError) error.locate(site.source, site.offsets[index] ?? 0);
    throw error;
  }
}

/** The text of a value that is a part of an attribute or of a string. */
function textOf(value: HtmlValue): string {
  if (value === null || value === undefined || typeof value === "boolean") return "";
  return Array.isArray(value) ? value.map(textOf).join("") : String(value);
}

/** A value in a tag: attributes that `html` made, which are made again as what they are there. */
function inTag(site: HtmlSite, index: number, value: HtmlValue): string {
  if (value === null || value === undefined || typeof value === "boolean" || value === "") return "";
  if (Array.isArray(value)) return value.map((one: HtmlValue) => inTag(site, index, one)).join("");
  const place = site.placements[index];
  const parts = value instanceof Html ? partsOf.get(value) : undefined;
  if (place === undefined) return "";
  if (parts === undefined) return place.escape(value);
  const inner = engine().siteIn(parts.strings, place.context);
  return parts.values.reduce<string>(
    (markup, one, at) => markup + placed(inner, at, one) + inner.pieces[at + 1],
    inner.pieces[0] ?? "",
  );
}
