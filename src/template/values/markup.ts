/** Trusted markup as the operators see it: its text with the places of the nonce kept, so that joining loses none. */
import { escapeHtml, Html } from "../../message/index.ts";

/** The text of markup with its places for the nonce, for being put into other markup and nowhere else. */
export function markupOf(html: Html): string {
  return html.markup;
}

/** Markup from text that was made of markup and of escaped text only. */
export function trusted(markup: string): Html {
  return Html.withNoncePlaces(markup);
}

/** A text for being put into markup: markup as it is, anything else escaped. */
export function escapedText(text: string | Html): string {
  return text instanceof Html ? markupOf(text) : escapeHtml(text);
}
