/** A post's name in its address, made from its title: `"Zürich, before seven"` becomes `zürich-before-seven`. */

/** Characters, not bytes, so that no letter is cut in two. */
const longest = 60;
/** Taken by the blog's own addresses: `/posts/new` is the form. */
const reserved = new Set(["new"]);

/** Small letters and digits of any script, words joined by hyphens; `"post"` where the title has none. */
export function slugOf(title: string): string {
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

/** Whether a slug that somebody chose can stand in an address as it is. */
export function isSlug(text: string): boolean {
  return text === slugOf(text) && !reserved.has(text);
}

/** The first of `slug`, `slug-2`, `slug-3`, … that is not taken. */
export function freeSlug(title: string, isTaken: (slug: string) => boolean): string {
  const slug = slugOf(title);
  let candidate = slug;
  for (let number = 2; reserved.has(candidate) || isTaken(candidate); number++)
    candidate = `${slug}-${number}`;
  return candidate;
}
