/** The first words of a post, for lists and previews. */
import { paragraphs } from "./paragraphs.ts";

/** The first paragraph on one line, cut between words to at most `longest` characters. */
export function excerpt(opening: string, longest: number = 240): string {
  const first = paragraphs(opening)[0]?.join(" ") ?? "";
  const characters = [...first];
  if (characters.length <= longest) return first;
  const cut = characters.slice(0, longest).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.]$/, "")} …`;
}
