/** The filter that writes attributes out of an object. */
import { escapeHtml, Html } from "../../message/index.ts";
import { attributeKind } from "../escaper/attribute-kind.ts";
import { filterUrl } from "../escaper/escape-url.ts";
import { TemplateError } from "../template-error.ts";
import { defineFilter } from "./define-filter.ts";
import { pairsOf } from "./mappings.ts";
import { textOf } from "./text-of.ts";

/**
 * The entries of an object or map as attributes, values escaped, with a space in front unless `autospace` is false.
 * What is null or not defined is left out; URLs are checked; event handlers, `style` and `srcdoc` are refused.
 */
export const xmlattr = defineFilter("xmlattr(autospace=true)", function (value, given) {
  const attributes: string[] = [];
  for (const [key, each] of pairsOf(value, "xmlattr")) {
    if (each === undefined || each === null) continue;
    const name = checkedName(textOf(key));
    attributes.push(`${escapeHtml(name)}="${escapeHtml(checkedValue(name, textOf(each)))}"`);
  }
  const space = given.flag("autospace", true) && attributes.length > 0 ? " " : "";
  const markup = space + attributes.join(" ");
  return this.escaping ? new Html(markup) : markup;
});

/** WHATWG HTML §13.1.2.3, and no equals sign at the beginning either, which parsers take for a part of the name. */
function checkedName(name: string): string {
  if (name !== "" && !/[\s\0-\x1f\x7f-\x9f"'<>/=]/.test(name)) return name;
  throw new TemplateError(
    "LMP_TEMPLATE_VALUE_INVALID",
    "The filter `xmlattr` was given a name that is none.",
    {
      expected: "names of attributes, without spaces, quotes and `< > / =`",
      found: JSON.stringify(name.slice(0, 40)),
      fix: "Do not take the names of attributes from outside.",
    },
  );
}

/** The value of an attribute whose element is not known, so with the strictest rule that any element has for it. */
function checkedValue(name: string, value: string): string {
  const kind = attributeKind("", name.toLowerCase());
  if (kind === "plain" || kind === "fact") return value;
  if (kind === "link" || kind === "resource" || kind === "picture") return filterUrl(value, "link");
  throw new TemplateError("LMP_TEMPLATE_CONTEXT_UNSAFE", `The filter \`xmlattr\` cannot write \`${name}\`.`, {
    expected: "attributes whose values are text or one URL",
    found: name,
    fix: "Write this attribute in the template itself, with the value in its place.",
  });
}
