/** Changes a text in one place: a piece put in, or in place of something; something cut out, or doubled. */
import type { Random } from "../../test/http/threats/random.ts";

/** The text after one change. Now and then a piece comes in `many` times. */
export function mutatedText(text: string, pieces: readonly string[], random: Random, many: number): string {
  const at = random.below(text.length + 1);
  const end = at + random.between(1, random.oneIn(5) ? 40 : 6);
  const piece = random.pick(pieces);
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at) + piece + text.slice(end);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return text.slice(0, end) + text.slice(at);
    case 3:
      return text.slice(0, at) + piece.repeat(random.oneIn(30) ? many : 2) + text.slice(at);
    default:
      return text.slice(0, at) + piece + text.slice(at);
  }
}
