/** Binding a value to what stands left of `=` or behind `for`. */
import type { Target } from "../nodes.ts";
import { type Body, write } from "./body.ts";
import { quoted } from "./code.ts";
import { awaited } from "./parts.ts";

/** Writes the assignments; `variable` gives the left side for a name, with `const` or `let` where it is new. */
export function bindTarget(
  target: Target,
  value: string,
  body: Body,
  variable: (name: string) => string,
): void {
  if (target.type === "NameTarget") {
    write(body, `${variable(target.name)} = ${value};`, target);
  } else if (target.type === "NamespaceTarget") {
    const namespace = body.scope.read(target.name);
    write(
      body,
      `R.setNamespace(${namespace}, ${quoted(target.attribute)}, ${value}, ${quoted(target.name)});`,
      target,
    );
  } else {
    const items = body.scope.names.variable("parts");
    write(body, `const ${items} = R.unpack(${awaited(value, body)}, ${target.items.length});`, target);
    for (const [index, item] of target.items.entries())
      bindTarget(item, `${items}[${index}]`, body, variable);
  }
}
