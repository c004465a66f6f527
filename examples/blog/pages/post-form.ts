/** The form in which a post is written or changed. */
import { type Html, html } from "limpid";
import { errorSummary, type FormState, field } from "./field.ts";
import { layout } from "./layout.ts";
import type { Links } from "./links.ts";

export interface PostFormParts {
  readonly form: FormState;
  /** The post that is changed; absent for a new one. */
  readonly slug?: string | undefined;
}

export function postForm({ form, slug }: PostFormParts, links: Links): Html {
  const heading = slug === undefined ? "Write a post" : "Edit the post";
  const wrong = Object.keys(form.errors).length > 0;
  return layout({
    links,
    title: wrong ? `Not saved yet: ${heading.toLowerCase()}` : heading,
    main: html`      <div class="narrow">
        <h1 class="page-title">${heading}</h1>
        <form method="post" action="${slug === undefined ? links.createPost() : links.post(slug)}" novalidate>
          ${errorSummary(form)}
          ${field({ name: "title", label: "Title", autocomplete: "off" }, form)}
          ${field({ name: "body", label: "Text", hint: "Plain text. An empty line begins a new paragraph.", rows: 16 }, form)}
          <p class="form-end">
            <button>${slug === undefined ? "Publish" : "Save"}</button>
            <a href="${slug === undefined ? links.list() : links.post(slug)}">Leave without saving</a>
          </p>
        </form>
      </div>`,
  });
}
