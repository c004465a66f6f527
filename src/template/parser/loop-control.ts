/** `{% break %}` and `{% continue %}` */
import type { Break, Continue } from "../nodes.ts";
import type { Parsing } from "./parsing.ts";

export function parseBreak(parsing: Parsing, at: number): Break {
  requireLoop(parsing, "break");
  return { type: "Break", at };
}

export function parseContinue(parsing: Parsing, at: number): Continue {
  requireLoop(parsing, "continue");
  return { type: "Continue", at };
}

function requireLoop(parsing: Parsing, word: string): void {
  if (parsing.loops === 0) {
    const separate = parsing.open.findLast(({ name }) => isSeparate(parsing, name));
    const reaches = separate !== undefined && parsing.open.some(({ name }) => name === "for");
    const sentence = reaches
      ? `\`${word}\` does not reach out of \`${separate.name}\` to the loop around it.`
      : `\`${word}\` stands outside of a loop.`;
    throw parsing.error(parsing.previous.at, sentence, {
      expected: "a place in the body of `for`",
      fix: `Put ${parsing.tag(word)} between ${parsing.tag("for …")} and ${parsing.tag("endfor")}, or remove it.`,
    });
  }
  parsing.expectTagEnd();
}

/** Whether the body of a tag is a function of its own. */
function isSeparate(parsing: Parsing, name: string): boolean {
  return name === "block" || name === "macro" || name === "call" || parsing.tags.has(name);
}
