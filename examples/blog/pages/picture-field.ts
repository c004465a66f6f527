/** The input for a post's picture, with a place where the picture is shown before it is sent. */
import { type Html, html } from "limpid";
import { pictureBytes, pictureTypes } from "../schemas/picture.ts";
import { type FormState, labelled } from "./field.ts";

const name = "featured_image";

/** @param current - The address of the picture that the post has. */
export function pictureField(form: FormState, current: string | undefined): Html {
  const chosen = form.typed[name];
  const kinds = `PNG, JPEG, GIF or WebP, at most ${pictureBytes / 1_000_000} MB. Not required.`;
  // A page cannot put a file into an input again, whatever was chosen before.
  const hint = chosen ? `Please choose “${chosen}” again, or leave it. ${kinds}` : kinds;
  return html`${labelled(
    { name, label: "Picture", hint },
    form,
    (joined) =>
      html`<input type="file" ${joined} accept="${pictureTypes}" data-preview="preview" data-largest="${pictureBytes}">`,
  )}
          <figure class="preview" id="preview"${current === undefined && html` hidden`}>
            <img class="picture" alt="The picture as it will be shown"${current && html` src="${current}"`}>
            <figcaption role="status">${current && "The picture now."}</figcaption>
          </figure>
          ${
            current &&
            html`<p class="check"><input type="checkbox" id="remove_image" name="remove_image"${
              form.typed.remove_image === "on" && html` checked`
            }> <label for="remove_image">Take this picture away</label></p>`
          }`;
}
