/** Writes calls, and compares those of macros with their parameters. */
import type * as node from "../nodes.ts";
import { remedy } from "../unknown-name.ts";
import { offsetOfName, writeList, writeObject } from "./expression-parts.ts";
import { dictionaryMethods } from "./prelude/methods.ts";
import type { Scope } from "./scope.ts";
import type { Translation } from "./translation.ts";

/** What a call gives is waited for, as asynchronous rendering does. */
export function writeCall(call: node.Call, scope: Scope, to: Translation): void {
  const { writer } = to;
  const { callee, arguments: given } = call;
  const macro = macroOf(callee, scope);
  if (macro !== undefined) checkMacroCall(macro, call, to);
  writer.write("(await ");
  if (callee.type === "Attribute" && dictionaryMethods.has(callee.name)) {
    writer.write("$m.").verbatim(callee.name, offsetOfName(to.template.source.text, callee.at, callee.name));
    writer.write("(");
    to.expression(callee.object, scope);
    writeArguments(given, scope, to, true);
  } else if (isPlain(given)) {
    writeObject(callee, scope, to);
    writer.write("(");
    writeArguments(given, scope, to, false);
  } else {
    writer.write("$call(");
    to.expression(callee, scope);
    writeArguments(given, scope, to, true);
  }
  writer.write("))");
}

function isPlain({ named, spread, namedSpread }: node.Arguments): boolean {
  return named.length === 0 && spread === undefined && namedSpread === undefined;
}

/** All arguments in order; the named ones as an object at the end. */
export function writeArguments(given: node.Arguments, scope: Scope, to: Translation, behind: boolean): void {
  const { writer } = to;
  const { positional, named, spread, namedSpread } = given;
  if (behind && positional.length > 0) writer.write(", ");
  writeList(positional, scope, to);
  let comma = behind || positional.length > 0;
  for (const value of [spread, namedSpread].filter((one) => one !== undefined)) {
    if (comma) writer.write(", ");
    to.expression(value, scope);
    comma = true;
  }
  if (named.length === 0) return;
  writer.write(comma ? ", { " : "{ ");
  for (const { name, value } of named) {
    writer.write(`${name}: `);
    to.expression(value, scope);
    writer.write(", ");
  }
  writer.write("}");
}

function macroOf(callee: node.Expression, scope: Scope): node.Macro | undefined {
  if (callee.type === "Name") return scope.bound(callee.name)?.macro;
  if (callee.type !== "Attribute" || callee.object.type !== "Name") return undefined;
  return scope.bound(callee.object.name)?.macros?.get(callee.name);
}

function checkMacroCall(macro: node.Macro, call: node.Call, to: Translation): void {
  const { positional, named, spread } = call.arguments;
  const names = macro.parameters.map(({ name }) => name);
  const text = JSON.stringify(macro.body);
  if (positional.length > names.length && spread === undefined && !text.includes('"varargs"')) {
    const taken = names.length === 1 ? "1 value" : `${names.length} values`;
    to.report(positional[names.length]?.at ?? call.at, {
      code: "LMP_TEMPLATE_ARGUMENT_INVALID",
      message: `The macro \`${macro.name}\` takes ${taken} and is given ${positional.length}.`,
      fix: names.length === 0 ? "It has no parameters." : `Its parameters are ${names.join(", ")}.`,
    });
  }
  for (const { at, name } of named) {
    if (names.includes(name) || name === "caller" || text.includes('"kwargs"')) continue;
    to.report(at, {
      code: "LMP_TEMPLATE_ARGUMENT_INVALID",
      message: `The macro \`${macro.name}\` has no parameter \`${name}\`.`,
      fix: remedy(
        name,
        names,
        `Add it to the macro: {% macro ${macro.name}(${[...names, name].join(", ")}) %}.`,
      ),
    });
  }
}
