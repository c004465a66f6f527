/** Writes filters as calls of typed functions; a name of an attribute becomes a function that reads it. */
import type * as node from "../nodes.ts";
import { unknownFilter, unknownTest } from "../unknown-name.ts";
import { parametersOf } from "../values/call.ts";
import { writeArguments } from "./calls.ts";
import { offsetOfName } from "./expression-parts.ts";
import { filterSignatures } from "./prelude/filters.ts";
import type { Scope } from "./scope.ts";
import type { Translation } from "./translation.ts";

/** Filters whose first argument names a filter or a test to apply to each item. */
const applying: Readonly<Record<string, "filters" | "tests">> = {
  map: "filters",
  select: "tests",
  reject: "tests",
};
/** Filters whose first argument names an attribute, with a test behind it or not. */
const reading = new Set(["selectattr", "rejectattr", "groupby", "sum"]);

export function writeFilter(filter: node.Filter, scope: Scope, to: Translation): void {
  const { name } = filter;
  const { writer, known } = to;
  const at = offsetOfName(to.template.source.text, filter.at, name);
  if (!known.filters.has(name)) reportUnknown("filters", name, at, to);
  const positions = positionsOf(filter, to);
  const typed = Object.hasOwn(filterSignatures, name) && positions !== undefined;
  writer.write(typed ? `$f.${name}(` : "$custom(");
  writer.mapped(filter.input.at, () => {
    writer.write("await ");
    to.expression(filter.input, scope);
  });
  if (positions === undefined) writeArguments(filter.arguments, scope, to, true);
  positions?.forEach((value, index) => {
    writer.write(", ");
    if (value === undefined) writer.write("undefined");
    else if (!typed || !isPath(filter, value, index)) to.expression(value, scope);
    else writer.mapped(value.at, () => writer.write(reader(value.value)));
  });
  if (typed && name === "map" && positions[0] === undefined) writer.write(", ($i) => $any");
  writer.write(")");
}

function reportUnknown(
  kind: "filters" | "tests",
  name: string,
  at: number,
  { known, report }: Translation,
): void {
  const error = (kind === "filters" ? unknownFilter : unknownTest)(name, known[kind].keys());
  report(at, { code: error.code, message: error.sentence, fix: error.fix });
}

type Positions = (node.Expression | undefined)[];

/** The arguments at their positions; undefined where that cannot be told before the template runs. */
function positionsOf({ name, arguments: given }: node.Filter, to: Translation): Positions | undefined {
  const { positional, named, spread, namedSpread } = given;
  const [first] = positional;
  const applied = Object.hasOwn(applying, name) ? applying[name] : undefined;
  if (applied !== undefined && first !== undefined) {
    const value = first.type === "Literal" ? first.value : undefined;
    if (typeof value === "string" && !to.known[applied].has(value))
      reportUnknown(applied, value, first.at, to);
    return applied === "filters" ? undefined : [...positional];
  }
  if (spread !== undefined || namedSpread !== undefined) return undefined;
  if (name === "map") return mapped(named);
  const names = parametersOf(to.known.filters.get(name))?.slice(1);
  if (named.length > 0 && names === undefined) return undefined;
  const placed: Positions = [...positional];
  for (const argument of named) {
    const index = names?.indexOf(argument.name) ?? -1;
    if (index < 0) {
      reportArgument(name, argument, names ?? [], to);
      continue;
    }
    while (placed.length < index) placed.push(undefined);
    placed[index] = argument.value;
  }
  return placed;
}

/** `map(attribute="name")`; a default makes up for what an item lacks, so that the attribute need not be there. */
function mapped(named: readonly node.NamedArgument[]): Positions | undefined {
  const attribute = named.find(({ name }) => name === "attribute");
  return attribute === undefined || named.length > 1 ? undefined : [attribute.value];
}

function reportArgument(
  filter: string,
  { at, name }: node.NamedArgument,
  names: readonly string[],
  { report }: Translation,
): void {
  report(at, {
    code: "LMP_TEMPLATE_ARGUMENT_INVALID",
    message: `The filter \`${filter}\` has no parameter \`${name}\`.`,
    fix: names.length === 0 ? "It takes no arguments." : `Its parameters are ${names.join(", ")}.`,
  });
}

type Path = node.Literal & { readonly value: string };

function isPath(filter: node.Filter, value: node.Expression, index: number): value is Path {
  if (value.type !== "Literal" || typeof value.value !== "string") return false;
  if (
    filter.name === "map" ||
    filter.arguments.named.some((one) => one.name === "attribute" && one.value === value)
  )
    return true;
  if (reading.has(filter.name)) return index === 0;
  return (
    (index === 1 && filter.name === "join") ||
    (index === 2 && filter.name === "sort") ||
    (index === 1 && /^(?:unique|min|max)$/.test(filter.name))
  );
}

/** `author.name` as `($i) => $i.author.name`; several attributes, `"name,age"`, as a list of them. */
function reader(path: string): string {
  const read = path.split(",").map((one) => {
    const parts = one
      .split(".")
      .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `[${JSON.stringify(part.trim())}]`));
    return `$i${parts.join("")}`;
  });
  return `($i) => ${read.length === 1 ? read[0] : `[${read.join(", ")}]`}`;
}
