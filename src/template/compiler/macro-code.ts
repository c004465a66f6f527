/** A macro, or the body of a `call` block, as a function of the compiled code. */
import type { CallBlock, Macro, Parameter } from "../nodes.ts";
import { type Body, innerNames, write } from "./body.ts";
import { Code, quoted } from "./code.ts";
import { escapingCode } from "./escaping-code.ts";
import { compileExpression, compileStatements } from "./parts.ts";
import { Scope } from "./scope.ts";
import { storedNames } from "./stored-names.ts";
import { mentions } from "./uses.ts";

/** Names that a macro's body gets when it uses them, in the order in which they are bound. */
const extras = ["caller", "kwargs", "varargs"] as const;

/** Writes `target = …` with the macro as a value. */
export function writeMacro(node: Macro | CallBlock, name: string, target: string, body: Body): void {
  const { script } = body;
  const unit = script.units.get(node) ?? body.unit;
  const names = node.parameters.map((parameter) => parameter.name);
  const used = extras.filter((extra) => mentions([node.body, node.parameters], extra));
  const bound = used.filter((extra) => !names.includes(extra));
  const signature = [
    quoted(name),
    JSON.stringify(names),
    ...extras.map((extra) => String(bound.includes(extra))),
    escapingCode(body),
  ];
  const start = `${target} = R.macro(${script.constants.unit(unit)}, ${signature.join(", ")}, `;
  write(body, `${start}${script.async ? "async " : ""}(T, a) => {`, node);
  const code = new Code();
  const scope = new Scope(innerNames(body), body.scope);
  const inner: Body = {
    ...body,
    code,
    scope,
    unit,
    out: script.async ? "w" : "o",
    role: body.role === "root" ? "inner" : body.role,
    toplevel: false,
    silent: false,
  };
  bindParameters(node.parameters, bound, inner);
  for (const stored of storedNames(node.body)) {
    const before = scope.read(stored);
    const variable = scope.declare(stored);
    write(inner, `let ${variable} = ${before};`, node);
  }
  compileStatements(node.body, inner);
  for (const line of scope.names.head()) write(body, line, node);
  write(body, script.async ? "const w = R.sink(); rt.descend();" : 'let o = "";', node);
  body.code.append(code);
  write(body, script.async ? "rt.ascend(); return w.text;" : "return o;", node);
  write(body, "});", node);
}

/** A parameter that is left out has its default, which may use the parameters before it. */
function bindParameters(parameters: readonly Parameter[], bound: readonly string[], inner: Body): void {
  for (const [index, parameter] of parameters.entries()) {
    const fallback =
      parameter.default === undefined ? undefined : compileExpression(parameter.default, inner);
    const variable = inner.scope.declare(parameter.name);
    write(inner, `let ${variable} = a[${index}];`, parameter);
    if (fallback !== undefined) write(inner, `if (!(${index} in a)) ${variable} = ${fallback};`, parameter);
  }
  for (const [index, name] of bound.entries()) {
    inner.code.line(
      `const ${inner.scope.declare(name)} = a[${parameters.length + index}];`,
      parameters[0]?.at ?? 0,
    );
  }
}
