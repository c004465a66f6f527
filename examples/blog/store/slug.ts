/** A post's name in its address, made from its title: `"Zürich, before seven"` becomes `zürich-before-seven`. */

/** What is made of a title. Characters, not bytes, so that no letter is cut in two. */
const longestMade = 60;
/** What fits into its column, with room for a number behind what was made. */
const longest = 80;
/** Taken by the blog's own addresses: `/posts/new` is the form. */
const reserved = new Set(["new"]);

/** Small letters and digits of any script, words joined by hyphens; `"post"` where the title has none. */
export function slugOf(title: string): string {
  return hyphenated(title, longestMade);
}

/** Whether a slug that somebody chose can stand in an address as it is. */
export function isSlug(text: string): boolean {
  return text === hyphenated(text, longest) && !reserved.has(text);
}

/** The first of `slug`, `slug-2`, `slug-3`, … that is not taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  let free = slug;
  for (let number = 2; reserved.has(free) || taken.has(free); number++) free = `${slug}-${number}`;
  return free;
}

function hyphenated(title: string, longest: number): string {
  const plain = title.normalize("NFKC").toLowerCase().replace(/['’]/g, "");
  const words = plain.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  let slug = "";
  for (const word of words) {
    const longer = slug === "" ? word : `${slug}-${word}`;
    if ([...longer].length > longest) break;
    slug = longer;
  }
  return slug || [...(words[0] ?? "post")].slice(0, longest).join("");
}
