/** Options of an environment, refused where they cannot be meant. */

import { nearest } from "../errors/index.ts";
import type { EnvironmentOptions } from "./environment-options.ts";
import type { Extension } from "./extension.ts";
import { TemplateError } from "./template-error.ts";

type Kind = "function" | "functions" | "extensions" | "boolean" | "object" | "text" | "mode" | "loader";

/** What each option may be; own properties only, so that nothing polluted is taken for an option. */
const kinds: Readonly<Record<keyof EnvironmentOptions, readonly Kind[]>> = {
  loader: ["loader", "text"],
  filters: ["functions"],
  tests: ["functions"],
  globals: ["object"],
  extensions: ["extensions"],
  autoescape: ["mode", "function"],
  strict: ["boolean"],
  reload: ["boolean"],
  syntax: ["object"],
};

const spellings: Readonly<Record<Kind, string>> = {
  function: "a function of the name",
  boolean: "true or false",
  object: "an object",
  functions: "an object whose values are functions",
  extensions: "an array of extensions, each with a tag and a function `run`",
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
    case "functions":
      return isObject(value) && Object.values(value).every((one) => typeof one === "function");
    case "extensions":
      return Array.isArray(value) && value.every(isExtension);
    case "loader":
      return (
        typeof value === "object" &&
        value !== null &&
        typeof (value as { load?: unknown }).load === "function"
      );
    default:
      return isObject(value);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isExtension(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { tag, run } = value as Partial<Extension>;
  return typeof tag === "string" && /^[A-Za-z_]\w*$/.test(tag) && typeof run === "function";
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
