/** A date for people, which programs can read too. */
import { type Html, html } from "limpid";

// One time zone for all, so that a page is the same wherever the server stands.
const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** `<time datetime="2026-03-14T…">14 March 2026</time>` */
export function day(date: Date): Html {
  return html`<time datetime="${date.toISOString()}">${format.format(date)}</time>`;
}
