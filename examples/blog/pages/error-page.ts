/** What a reader sees when something went wrong: what it is, and where to go from here. */
import { type Html, html } from "limpid";
import { layout } from "./layout.ts";
import type { Links } from "./links.ts";

export interface ErrorPageParts {
  readonly status: number;
  readonly heading: string;
  readonly text: string;
  /** To be quoted when asking for help; only where asking makes sense. */
  readonly requestId?: string | undefined;
}

export function errorPage({ status, heading, text, requestId }: ErrorPageParts, links: Links): Html {
  return layout({
    links,
    title: heading,
    main: html`      <div class="narrow error">
        <p class="error-status" aria-hidden="true">${status}</p>
        <h1>${heading}</h1>
        <p>${text}</p>
        ${requestId !== undefined && html`<p class="meta">Request <code>${requestId}</code></p>`}
        <p><a class="button" href="${links.list()}">To the front page</a></p>
      </div>`,
  });
}
