/** Plain text as markup: an empty line ends a paragraph, a line break stays one. */
import { type Html, html } from "limpid";

/** The paragraphs of a text, each a list of its lines. */
export function paragraphsOf(text: string): string[][] {
  const paragraphs: string[][] = [];
  let open: string[] | undefined;
  for (const line of text.split("\n")) {
    if (line.trim() === "") {
      open = undefined;
    } else if (open === undefined) {
      open = [line];
      paragraphs.push(open);
    } else {
      open.push(line);
    }
  }
  return paragraphs;
}

/** The text as `<p>` elements, escaped. */
export function prose(text: string): Html {
  return html`${paragraphsOf(text).map(
    (lines) => html`<p>${lines.map((line, index) => (index === 0 ? line : html`<br>${line}`))}</p>\n`,
  )}`;
}
