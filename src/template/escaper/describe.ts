/** A place in words, for errors. */
import type { Context } from "./context.ts";

export function describe({ situation }: Context): string {
  const { state, element, quote, foreign, closing, inner } = situation;
  switch (state) {
    case "text":
      return foreign === ""
        ? "element text"
        : `text inside of <${foreign.split(" ").at(-1)?.replace(".", "")}>`;
    case "open":
      return "a tag that begins";
    case "tag name":
      return "the name of a tag";
    case "name":
    case "after name":
      return "the name of an attribute";
    case "before value":
      return "an attribute whose value is to come";
    case "value": {
      const quoted = quote === "" ? "an unquoted" : quote === '"' ? "a double-quoted" : "a single-quoted";
      return `${quoted} attribute value${inner === undefined ? "" : `, ${inner.name}`}`;
    }
    case "raw":
      return inner === undefined ? `the content of <${element}>` : `${inner.name} in <${element}>`;
    case "plaintext":
      return "the content of <plaintext>";
    case "declaration":
    case "doctype":
      return "a declaration";
    case "comment":
    case "bogus comment":
      return "a comment";
    case "cdata":
      return "a CDATA section";
    default:
      return closing
        ? "an end tag"
        : element === "" || element === "breakout"
          ? "a tag"
          : `the tag <${element}>`;
  }
}
