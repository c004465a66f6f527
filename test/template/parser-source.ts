/** Writes a tree as a template again, every operand in brackets. */
import type * as node from "../../src/template/nodes.ts";

export function write(nodes: readonly node.Node[]): string {
  return nodes.map(one).join("");
}

function one(found: node.Node): string {
  switch (found.type) {
    case "Text":
      return found.value;
    case "Output":
      return `{{ ${inner(found.expression)} }}`;
    case "If": {
      const [first, ...rest] = found.branches.map(({ test, body }) => `if ${inner(test)} %}${write(body)}`);
      return `{% ${first}${rest.map((branch) => `{% el${branch}`).join("")}${otherwise(found)}{% endif %}`;
    }
    case "For": {
      const condition = found.condition === undefined ? "" : ` if ${inner(found.condition)}`;
      const head = `${target(found.target)} in ${inner(found.iterable)}${condition}${found.recursive ? " recursive" : ""}`;
      return `{% for ${head} %}${write(found.body)}${otherwise(found)}{% endfor %}`;
    }
    case "Break":
    case "Continue":
      return `{% ${found.type.toLowerCase()} %}`;
    case "Assign":
      return `{% set ${target(found.target)} = ${inner(found.value)} %}`;
    case "AssignBlock":
      return `{% set ${target(found.target)}${chain(found.value)} %}${write(found.body)}{% endset %}`;
    case "FilterBlock":
      return `{% filter ${chain(found.value).slice(3)} %}${write(found.body)}{% endfilter %}`;
    case "With": {
      const bindings = found.bindings.map((binding) => `${target(binding.target)} = ${inner(binding.value)}`);
      return `{% with ${bindings.join(", ")} %}${write(found.body)}{% endwith %}`;
    }
    case "Block":
      return `{% block ${found.name}${found.scoped ? " scoped" : ""} %}${write(found.body)}{% endblock %}`;
    case "Extends":
      return `{% extends ${inner(found.template)} %}`;
    case "Include": {
      const missing = found.ignoreMissing ? " ignore missing" : "";
      return `{% include ${inner(found.template)}${missing}${context(found.withContext)} %}`;
    }
    case "Import":
      return `{% import ${inner(found.template)} as ${found.target}${context(found.withContext)} %}`;
    case "FromImport": {
      const names = found.names.map(({ name, alias }) => `${name} as ${alias}`).join(", ");
      return `{% from ${inner(found.template)} import ${names}${context(found.withContext)} %}`;
    }
    case "Macro":
      return `{% macro ${found.name}${parameters(found.parameters)} %}${write(found.body)}{% endmacro %}`;
    case "CallBlock":
      return `{% call${parameters(found.parameters)} ${plain(found.call)} %}${write(found.body)}{% endcall %}`;
    case "Autoescape":
      return `{% autoescape ${inner(found.enabled)} %}${write(found.body)}{% endautoescape %}`;
    case "Do":
      return `{% do ${inner(found.expression)} %}`;
    case "Tag": {
      const head = `{% ${found.name} ${list(found.arguments)} %}`;
      return found.body === undefined ? head : `${head}${write(found.body)}{% end${found.name} %}`;
    }
  }
}

function otherwise({ otherwise: body }: { readonly otherwise: readonly node.Node[] | undefined }): string {
  return body === undefined ? "" : `{% else %}${write(body)}`;
}

function context(withContext: boolean): string {
  return withContext ? " with context" : " without context";
}

function target(found: node.Target): string {
  if (found.type === "NameTarget") return found.name;
  if (found.type === "NamespaceTarget") return `${found.name}.${found.attribute}`;
  return `(${found.items.map((item) => `${target(item)}, `).join("")})`;
}

function parameters(found: readonly node.Parameter[]): string {
  const all = found.map((one) =>
    one.default === undefined ? one.name : `${one.name}=${inner(one.default)}`,
  );
  return `(${all.join(", ")})`;
}

/** The filters around a `Captured`, each with its bar. */
function chain(found: node.Expression): string {
  if (found.type !== "Filter") return "";
  return `${chain(found.input)} | ${found.name}(${list(found.arguments)})`;
}

function list({ positional, named, spread, namedSpread }: node.Arguments): string {
  const all = positional.map(inner);
  for (const { name, value } of named) all.push(`${name}=${inner(value)}`);
  if (spread !== undefined) all.push(`*${inner(spread)}`);
  if (namedSpread !== undefined) all.push(`**${inner(namedSpread)}`);
  return all.join(", ");
}

function inner(found: node.Expression): string {
  return found.type === "Name" || found.type === "Literal" ? plain(found) : `(${plain(found)})`;
}

function plain(found: node.Expression): string {
  switch (found.type) {
    case "Literal":
      return found.value === null ? "none" : JSON.stringify(found.value);
    case "Name":
      return found.name;
    case "List": {
      const items = found.items.map((item) => `${inner(item)}, `).join("");
      return found.tuple ? `(${items})` : `[${items}]`;
    }
    case "Dict":
      return `{ ${found.entries.map(({ key, value }) => `${inner(key)}: ${inner(value)}`).join(", ")} }`;
    case "Attribute":
      return `${inner(found.object)}.${found.name}`;
    case "Item":
      return `${inner(found.object)}[${inner(found.key)}]`;
    case "Slice": {
      const [start, stop, step] = [found.start, found.stop, found.step].map((bound) =>
        bound ? inner(bound) : "",
      );
      return `${inner(found.object)}[${start}:${stop}:${step}]`;
    }
    case "Call":
      return `${inner(found.callee)}(${list(found.arguments)})`;
    case "Filter":
      return `${inner(found.input)} | ${found.name}(${list(found.arguments)})`;
    case "Test":
      return `${inner(found.input)} is ${found.name}(${list(found.arguments)})`;
    case "Unary":
      return `${found.operator} ${inner(found.operand)}`;
    case "Binary":
      return `${inner(found.left)} ${found.operator} ${inner(found.right)}`;
    case "Compare":
      return `${inner(found.first)}${found.comparisons.map(({ operator, right }) => ` ${operator} ${inner(right)}`).join("")}`;
    case "Concat":
      return found.parts.map(inner).join(" ~ ");
    case "Conditional": {
      const end = found.otherwise === undefined ? "" : ` else ${inner(found.otherwise)}`;
      return `${inner(found.then)} if ${inner(found.test)}${end}`;
    }
    case "Captured":
      return "";
  }
}
