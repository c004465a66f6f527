/** Plain text in paragraphs: an empty line ends one, a line break stays one. */

/** The paragraphs of a text, each a list of its lines. */
export function paragraphs(text: string): string[][] {
  const found: string[][] = [];
  let open: string[] | undefined;
  for (const line of text.split("\n")) {
    if (line.trim() === "") {
      open = undefined;
    } else if (open === undefined) {
      open = [line];
      found.push(open);
    } else {
      open.push(line);
    }
  }
  return found;
}
