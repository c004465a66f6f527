/** `{% for target in iterable if condition recursive %}…{% else %}…{% endfor %}` */
import type { For, Node, Target } from "../nodes.ts";
import { parseBody } from "./body.ts";
import { parseWithoutConditional } from "./expressions.ts";
import type { Parsing } from "./parsing.ts";
import { parseTarget } from "./targets.ts";

export function parseFor(parsing: Parsing, at: number): For {
  const tag = { name: "for", at };
  const target = parseTarget(parsing, false);
  if (bindsLoop(target)) throw reservedLoop(parsing, target);
  if (!parsing.takeWord("in")) throw missingIn(parsing);
  const iterable = parseWithoutConditional(parsing, "recursive");
  const condition = parsing.takeWord("if") ? parsing.expression() : undefined;
  const recursive = parsing.takeWord("recursive");
  if (!parsing.is("block end") && !parsing.is(":")) {
    throw parsing.unexpected(`an operator, \`if\`, \`recursive\` or ${parsing.tagEnd}`);
  }
  parsing.loops++;
  const body = parseBody(parsing, tag, ["else", "endfor"]);
  parsing.loops--;
  let otherwise: Node[] | undefined;
  if (parsing.next().value === "else") {
    // A recursive loop is a function of its own: what stands in it does not reach the loops around it.
    const { loops } = parsing;
    if (recursive) parsing.loops = 0;
    otherwise = parseBody(parsing, tag, ["endfor"]);
    parsing.loops = loops;
    parsing.next();
  }
  parsing.expectTagEnd();
  return { type: "For", at, target, iterable, condition, recursive, body, otherwise };
}

function bindsLoop(target: Target): boolean {
  if (target.type === "TupleTarget") return target.items.some(bindsLoop);
  return target.type === "NameTarget" && target.name === "loop";
}

function reservedLoop(parsing: Parsing, { at }: Target): Error {
  return parsing.error(at, "`loop` is what a loop tells of itself, and cannot be its variable.", {
    expected: "another name",
    found: "`loop`",
    fix: "Choose another name.",
  });
}

function missingIn(parsing: Parsing): Error {
  if (parsing.isWord("of")) {
    return parsing.error(parsing.current.at, "`for` goes through a list with `in`, not with `of`.", {
      expected: "`in`",
      found: "`of`",
      fix: "Write `for item in items`.",
    });
  }
  const fix = parsing.is(".") ? "Only plain names can be bound by `for`." : "Write `for item in items`.";
  return parsing.unexpected("`in`", fix);
}
