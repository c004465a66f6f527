/** The first words of a post, for lists and previews. */
import { paragraphsOf } from "./prose.ts";

/** The first paragraph on one line, cut between words to at most `longest` characters. */
export function excerpt(opening: string, longest: number = 240): string {
  const first = paragraphsOf(opening)[0]?.join(" ") ?? "";
  const characters = [...first];
  if (characters.length <= longest) return first;
  const cut = characters.slice(0, longest).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.]$/, "")} …`;
}

/** Minutes a reader needs for so many characters, at some 1,100 a minute. */
export function readingTime(length: number): string {
  return `${Math.max(1, Math.round(length / 1_100))} min read`;
}
