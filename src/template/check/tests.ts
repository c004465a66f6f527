/** Writes tests so that they narrow what they ask about. */
import type * as node from "../nodes.ts";
import { unknownTest } from "../unknown-name.ts";
import { writeArguments } from "./calls.ts";
import { offsetOfName } from "./expression-parts.ts";
import type { Scope } from "./scope.ts";
import type { Translation } from "./translation.ts";

/** What stands before and behind the value. */
const narrowing: Readonly<Record<string, readonly [before: string, behind: string]>> = {
  boolean: ["typeof ", ' === "boolean"'],
  callable: ["typeof ", ' === "function"'],
  defined: ["", " !== undefined"],
  false: ["", " === false"],
  none: ["", " === null"],
  number: ["typeof ", ' === "number"'],
  string: ["typeof ", ' === "string"'],
  true: ["", " === true"],
  undefined: ["", " === undefined"],
};

const comparing: Readonly<Record<string, string>> = {
  eq: "===",
  equalto: "===",
  "==": "===",
  ne: "!==",
  "!=": "!==",
  sameas: "===",
};

export function writeTest(test: node.Test, scope: Scope, to: Translation): void {
  const { name, input, arguments: given } = test;
  const { writer, known } = to;
  if (!known.tests.has(name)) {
    const error = unknownTest(name, known.tests.keys());
    const at = offsetOfName(to.template.source.text, test.at, name);
    to.report(at, { code: error.code, message: error.sentence, fix: error.fix });
  }
  const narrows = Object.hasOwn(narrowing, name) ? narrowing[name] : undefined;
  const [other] = given.positional;
  if (narrows !== undefined) {
    writer.write(`(${narrows[0]}`);
    to.expression(input, scope);
    return void writer.write(`${narrows[1]})`);
  }
  if (Object.hasOwn(comparing, name) && other !== undefined) {
    writer.write("(");
    to.expression(input, scope);
    writer.write(` ${comparing[name]} `);
    to.expression(other, scope);
    return void writer.write(")");
  }
  writer.write("$test(");
  to.expression(input, scope);
  writeArguments(given, scope, to, true);
  writer.write(")");
}
