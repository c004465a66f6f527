/** What a post must be like to be accepted, from the form and over the JSON interface. */
import { z } from "zod";
import { isSlug } from "../store/slug.ts";
import { NewPicture } from "./picture.ts";
import { line, lines } from "./text.ts";

const title = line({ missing: "Give the post a title.", longest: 120 });
const body = lines({ missing: "Write something.", longest: 50_000 });
const slugText = z.string({ error: "Give the slug as text." });
const slug = slugText.refine(
  isSlug,
  "Use small letters and digits, words joined by hyphens, such as “my-first-post”.",
);
/** A field that is left empty chooses none. */
const slugField = slugText.transform((text) => text.trim() || undefined).pipe(slug.optional());

/** The form, as a browser sends it and `curl -F`. */
export const PostForm = z.object({
  title,
  slug: slugField.optional(),
  content: body,
  featured_image: NewPicture.optional(),
  remove_image: z.literal("on", { error: "Tick the box, or leave it." }).optional(),
});

/** The whole of a post, as POST and PUT take it. */
export const NewPost = z.object({ title, body, slug: slug.optional() });

/** Some of a post, as PATCH takes it. */
export const PostChanges = NewPost.partial().refine(
  (changes) => Object.values(changes).some((value) => value !== undefined),
  "Give at least one of title, body and slug.",
);
