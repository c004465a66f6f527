/** Writes `set` and `for`: what is bound, and to what. */
import type * as node from "../nodes.ts";
import type { Scope } from "./scope.ts";
import type { Translation } from "./translation.ts";

/** `set target = value`; with `declaring` the names are bound anew. */
export function assignTarget(
  target: node.Target,
  value: node.Expression,
  scope: Scope,
  to: Translation,
  declaring?: "const",
): void {
  const { writer } = to;
  const single = target.type === "NameTarget" ? scope.bound(target.name)?.variable : undefined;
  if (target.type === "TupleTarget") {
    writer.mapped(target.at, () =>
      writer.write(declaring === undefined ? ";" : `${declaring} `).write(pattern(target, scope, declaring)),
    );
    writer.write(" = $unpack(");
  } else writer.write(single === undefined ? "void (" : `${single} = (`);
  to.expression(value, scope);
  writer.write(");\n");
}

/** The target as a pattern of TypeScript. */
function pattern(target: node.Target, scope: Scope, declaring: "const" | undefined): string {
  if (target.type === "TupleTarget") {
    return `[${target.items.map((item) => pattern(item, scope, declaring)).join(", ")}]`;
  }
  if (target.type === "NamespaceTarget") return "";
  return declaring === undefined ? (scope.bound(target.name)?.variable ?? "") : scope.bind(target.name);
}

export function writeFor(loop: node.For, scope: Scope, to: Translation): void {
  const { writer } = to;
  const inner = scope.inner();
  const items = inner.temporary();
  writer.write(`{\nconst ${items} = $iterate(`);
  writer.mapped(loop.iterable.at, () => {
    writer.write("await ");
    to.expression(loop.iterable, scope);
  });
  writer.write(`);\nfor (const `);
  const names = inner.inner();
  const item = names.temporary();
  writer.write(`${item} of ${items}) {\n`);
  bindItem(loop.target, item, names, to);
  writer.write(`const ${names.bind("loop")} = ${loop.recursive ? "$recursiveLoop" : "$loop"}(${items});\n`);
  if (loop.condition !== undefined) {
    writer.write("if (");
    to.expression(loop.condition, names);
    writer.write(")\n");
  }
  writer.write("{\n");
  to.statements(loop.body, names.inner());
  writer.write("}\n}\n}\n");
  if (loop.otherwise === undefined) return;
  writer.write("{\n");
  to.statements(loop.otherwise, scope.inner());
  writer.write("}\n");
}

function bindItem(target: node.Target, item: string, scope: Scope, { writer }: Translation): void {
  writer.mapped(target.at, () => {
    writer.write("const ");
    writer.write(pattern(target, scope, "const"));
    writer.write(target.type === "TupleTarget" ? ` = $unpack(${item});\n` : ` = ${item};\n`);
  });
}
