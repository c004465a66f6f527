/** The form in which a post is written or changed. */
import { type Html, html } from "limpid";
import type { Post } from "../store/post.ts";
import { errorSummary, type FormState, field } from "./field.ts";
import type { Frame } from "./frame.ts";
import { layout } from "./layout.ts";
import { pictureField } from "./picture-field.ts";

export interface PostFormParts {
  readonly form: FormState;
  /** The post that is changed; absent for a new one. */
  readonly post?: Pick<Post, "slug" | "picture"> | undefined;
}

const hint = "Plain text. An empty line begins a new paragraph.";

export function postForm({ form, post }: PostFormParts, { links, nonce, guard }: Frame): Html {
  const heading = post === undefined ? "Write a post" : "Edit the post";
  const wrong = Object.keys(form.errors).length > 0;
  const picture = post?.picture && links.picture(post.picture);
  return layout({
    links,
    title: wrong ? `Not saved yet: ${heading.toLowerCase()}` : heading,
    script: { name: "picture-preview.js", nonce },
    main: html`      <div class="narrow">
        <h1 class="page-title">${heading}</h1>
        <form method="post" enctype="multipart/form-data" action="${
          post === undefined ? links.createPost() : links.post(post.slug)
        }" novalidate>
          ${guard}
          ${errorSummary(form)}
          ${field({ name: "title", label: "Title", autocomplete: "off" }, form)}
          ${field({ name: "content", label: "Text", hint, rows: 14 }, form)}
          ${pictureField(form, picture)}
          <p class="form-end">
            <button>${post === undefined ? "Publish" : "Save"}</button>
            <a href="${post === undefined ? links.list() : links.post(post.slug)}">Leave without saving</a>
          </p>
        </form>
      </div>`,
  });
}
