/** What a comment must be like to be accepted. */
import { z } from "zod";
import { line, lines } from "./text.ts";

export const NewComment = z.object({
  author: line({ missing: "Say who you are.", longest: 60 }),
  body: lines({ missing: "Write a comment.", longest: 5_000 }),
});
