/** `{% if test %}…{% elif test %}…{% else %}…{% endif %}` */
import type { Branch, Expression, If, Node } from "../nodes.ts";
import { parseBody } from "./body.ts";
import { parseWithoutConditional } from "./expressions.ts";
import type { Parsing } from "./parsing.ts";

export function parseIf(parsing: Parsing, at: number): If {
  const tag = { name: "if", at };
  const branches: Branch[] = [];
  let otherwise: Node[] | undefined;
  for (let branchAt = at; ; branchAt = parsing.tagAt) {
    const test = parseCondition(parsing);
    const body = parseBody(parsing, tag, ["elif", "else", "endif"]);
    branches.push({ at: branchAt, test, body });
    const ending = parsing.next().value;
    if (ending === "elif") {
      if (branches.length >= BRANCHES) throw tooMany(parsing);
      continue;
    }
    if (ending === "else") {
      requireNoElseIf(parsing);
      otherwise = parseBody(parsing, tag, ["endif"]);
      parsing.next();
    }
    break;
  }
  parsing.expectTagEnd();
  return { type: "If", at, branches, otherwise };
}

/** Each branch stands inside the one before it in compiled code, which has to be read as well. */
const BRANCHES = 2_000;

function tooMany(parsing: Parsing): Error {
  return parsing.error(parsing.tagAt, "An `if` has too many branches.", {
    expected: `at most ${BRANCHES}`,
    found: "one more",
    fix: 'Look the value up in a dict: `{{ {1: "one"}[number] }}`.',
  });
}

function parseCondition(parsing: Parsing): Expression {
  const test = parseWithoutConditional(parsing);
  if (parsing.is("=") && parsing.previous.type !== "==" && parsing.previous.type !== "!=") {
    const next = parsing.source.text[parsing.current.end];
    if (next !== ">") {
      throw parsing.error(parsing.current.at, "`=` binds a name; compare with `==`.", {
        expected: `an operator or ${parsing.tagEnd}`,
        found: "`=`",
        fix: "Write `a == b`.",
      });
    }
  }
  if (!parsing.is("block end") && !parsing.is(":")) {
    throw parsing.unexpected(`an operator or ${parsing.tagEnd}`);
  }
  return test;
}

function requireNoElseIf(parsing: Parsing): void {
  if (!parsing.isWord("if")) return;
  throw parsing.error(parsing.previous.at, "`else if` is written `elif`.", {
    expected: "`elif`",
    found: "`else if`",
    fix: `Write ${parsing.tag("elif …")}.`,
  });
}
