/** `lipsum()`: text to fill a page with while it has none; the same text every time, so that pages stay comparable. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { withParameters } from "../values/call.ts";
import { integer } from "../values/integer.ts";
import { truthy } from "../values/truth.ts";

/** Words that one call may write. */
const MOST_WORDS = 100_000;

/** Paragraphs of `min` to `max` words, as `<p>` elements unless `html` is false. */
export const lipsum = withParameters(
  ["n", "html", "min", "max"],
  (n: unknown = 5, html: unknown = true, min: unknown = 20, max: unknown = 100): string | Html => {
    const count = Math.max(0, integer(n, "The number of paragraphs"));
    const fewest = Math.max(1, integer(min, "The least number of words"));
    const most = Math.max(fewest, integer(max, "The greatest number of words") - 1);
    if (count * most > MOST_WORDS) throw tooMuch(count * most);
    const next = sequence();
    const paragraphs = Array.from({ length: count }, () =>
      paragraph(fewest + Math.floor(next() * (most - fewest + 1)), next),
    );
    if (!truthy(html)) return paragraphs.join("\n\n");
    return new Html(paragraphs.map((text) => `<p>${text}</p>`).join("\n"));
  },
);

function tooMuch(words: number): TemplateError {
  return new TemplateError("LMP_TEMPLATE_ARGUMENT_INVALID", "`lipsum` is asked for too much text.", {
    expected: `at most ${MOST_WORDS} words`,
    found: String(words),
  });
}

/** Sentences of 4 to 13 words, with a comma in the longer ones. */
function paragraph(length: number, next: () => number): string {
  const words = vocabulary();
  const written: string[] = [];
  while (written.length < length) {
    const size = Math.min(length - written.length, 4 + Math.floor(next() * 10));
    const sentence = Array.from({ length: size }, () => words[Math.floor(next() * words.length)] ?? "");
    const first = sentence[0] ?? "";
    sentence[0] = first.charAt(0).toUpperCase() + first.slice(1);
    if (size > 8) sentence[4] += ",";
    sentence[size - 1] += ".";
    written.push(...sentence);
  }
  return written.join(" ");
}

function vocabulary(): string[] {
  return (
    "ad adipiscing aliqua aliquip amet anim aute cillum commodo consectetur consequat culpa cupidatat deserunt do " +
    "dolor dolore duis ea eiusmod elit enim esse est et eu ex excepteur exercitation fugiat id in incididunt ipsum " +
    "irure labore laboris laborum lorem magna minim mollit nisi non nostrud nulla occaecat officia pariatur " +
    "proident qui quis reprehenderit sed sint sit sunt tempor ullamco ut velit veniam voluptate"
  ).split(" ");
}

/** Numbers from 0 to 1 that look drawn by lot and are the same in every call (a linear congruence, Numerical Recipes). */
function sequence(): () => number {
  let state = 20_240_229;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
