/** Options of an environment, refused where they cannot be meant. */

import { nearest } from "../errors/index.ts";
import type { EnvironmentOptions } from "./environment-options.ts";
import { TemplateError } from "./template-error.ts";

type Kind = "function" | "boolean" | "object" | "list" | "text" | "mode" | "loader";

/** What each option may be; own properties only, so that nothing polluted is taken for an option. */
const kinds: Readonly<Record<keyof EnvironmentOptions, readonly Kind[]>> = {
  loader: ["loader", "text"],
  filters: ["object"],
  tests: ["object"],
  globals: ["object"],
  extensions: ["list"],
  autoescape: ["mode", "function"],
  strict: ["boolean"],
  reload: ["boolean"],
  syntax: ["object"],
};

const spellings: Readonly<Record<Kind, string>> = {
  function: "a function of the name",
  boolean: "true or false",
  object: "an object",
  list: "an array",
  text: "the path of a folder",
  mode: '"context", "html" or false',
  loader: "a loader",
};

/** The options that were given, as own properties of an object without a prototype. */
export function checkedOptions(options: EnvironmentOptions): EnvironmentOptions {
  const checked: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(kinds, name)) refuseName(name);
    const allowed = kinds[name as keyof EnvironmentOptions];
    if (!allowed.some((kind) => isKind(value, kind))) refuseValue(name, allowed, value);
    checked[name] = value;
  }
  return checked;
}

function isKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case "function":
    case "boolean":
      return typeof value === kind;
    case "text":
      return typeof value === "string" || value instanceof URL;
    case "mode":
      return value === "context" || value === "html" || value === false;
    case "list":
      return Array.isArray(value);
    case "loader":
      return (
        typeof value === "object" &&
        value !== null &&
        typeof (value as { load?: unknown }).load === "function"
      );
    default:
      return typeof value === "object" && value !== null && !Array.isArray(value);
  }
}

function refuseName(name: string): never {
  const meant = nearest(name, Object.keys(kinds));
  throw new TemplateError("LMP_TEMPLATE_OPTION_INVALID", `There is no option \`${name}\`.`, {
    expected: `one of ${Object.keys(kinds).join(", ")}`,
    found: name,
    fix: meant === undefined ? "Leave it out." : `Did you mean \`${meant}\`?`,
  });
}

function refuseValue(name: string, allowed: readonly Kind[], value: unknown): never {
  throw new TemplateError("LMP_TEMPLATE_OPTION_INVALID", `The option \`${name}\` cannot be this.`, {
    expected: allowed.map((kind) => spellings[kind]).join(" or "),
    found: typeof value === "string" ? JSON.stringify(value) : typeof value,
    fix: "Leave the option out for its default.",
  });
}
