/** The templates of `views/`, and what they know beside the language. */
import { Environment, FileSystemLoader } from "limpid/template";
import { commentCount } from "./filters/comment-count.ts";
import { excerpt } from "./filters/excerpt.ts";
import { listed } from "./filters/listed.ts";
import { pageNumbers } from "./filters/page-numbers.ts";
import { paragraphs } from "./filters/paragraphs.ts";
import { readingTime } from "./filters/reading-time.ts";
import { pictureBytes, pictureTypes } from "./schemas/picture.ts";
import type { Views } from "./view-types.ts";

export const views = new Environment<Views>({
  loader: new FileSystemLoader(new URL("views", import.meta.url)),
  strict: true,
  syntax: { trimBlocks: true, lstripBlocks: true, keepTrailingNewline: true },
  globals: {
    blog: { name: "Still Water", motto: "Notes on making things clear" },
    picture_rules: { types: pictureTypes, bytes: pictureBytes },
    page_numbers: pageNumbers,
  },
  filters: {
    comment_count: (comments) => commentCount(Number(comments)),
    excerpt: (text, longest) => excerpt(String(text), longest === undefined ? undefined : Number(longest)),
    listed: (things) => listed(things as Iterable<unknown>),
    paragraphs: (text) => paragraphs(String(text)),
    reading_time: (length) => readingTime(Number(length)),
  },
});
