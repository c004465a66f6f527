/** The frame around every page: head, header, footer. */
import { type Html, html } from "limpid";
import type { Links } from "./links.ts";

export interface Page {
  readonly links: Links;
  /** Stands in the browser's tab before the blog's name; absent on the front page. */
  readonly title?: string | undefined;
  /** For search engines and previews, one sentence. */
  readonly description?: string | undefined;
  /** A file of `public/` that the page runs, and the nonce by which the browser knows it. */
  readonly script?: { readonly name: string; readonly nonce: string } | undefined;
  readonly main: Html;
}

const blogName = "Still Water";
const motto = "Notes on making things clear";

/** A whole HTML document. */
export function layout({ links, title, description, script, main }: Page): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title === undefined ? `${blogName}: ${motto.toLowerCase()}` : `${title} · ${blogName}`}</title>
    <meta name="description" content="${description ?? `${motto}.`}">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="${links.asset("favicon.svg")}" type="image/svg+xml">
    <link rel="stylesheet" href="${links.asset("style.css")}">${
      script &&
      html`\n    <script type="module" src="${links.asset(script.name)}" nonce="${script.nonce}"></script>`
    }
  </head>
  <body>
    <a class="skip" href="#main">Skip to the text</a>
    <header class="site-header">
      <div class="wide">
        <a class="brand" href="${links.list()}">
          ${drop}
          <span class="brand-name">${blogName}</span>
          <span class="brand-motto">${motto}</span>
        </a>
        <nav aria-label="Blog"><a class="button" href="${links.newPost()}">Write a post</a></nav>
      </div>
    </header>
    <main id="main" tabindex="-1">
${main}
    </main>
    <footer class="site-footer">
      <div class="wide">
        <p>${blogName} is an example application of <strong>Limpid</strong>. Everything on it is yours to change.</p>
      </div>
    </footer>
  </body>
</html>
`;
}

const drop = html`<svg class="drop" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
            <path d="M16 2.5C11 9.6 6.5 14.4 6.5 20a9.5 9.5 0 0 0 19 0c0-5.6-4.5-10.4-9.5-17.5Z" fill="currentColor"/>
            <path d="M11 20.2a5 5 0 0 0 4.6 5" fill="none" stroke="var(--paper)" stroke-width="2" stroke-linecap="round"/>
          </svg>`;
