/** Reading names, attributes and items, with errors that say what was read. */

import { nearest } from "../../errors/index.ts";
import { TemplateError } from "../template-error.ts";
import { attribute, hasAttribute, method } from "../values/attribute.ts";
import { item } from "../values/item.ts";
import { nameOf } from "../values/keys.ts";
import { kindOf } from "../values/kind.ts";
import type { Context } from "./context.ts";

/** A name that came out undefined: fine if it was given so. */
export function strictName(context: Context, name: string): undefined {
  if (context.has(name)) return undefined;
  const meant = nearest(name, context.names());
  throw new TemplateError("LMP_TEMPLATE_UNDEFINED", `\`${name}\` is not defined.`, {
    expected: "a name that the template is given, sets or imports",
    found: name,
    fix:
      meant === undefined
        ? `Pass \`${name}\` to render, or write \`${name} | default("")\`.`
        : `Did you mean \`${meant}\`?`,
  });
}

/** An attribute of something that must be there. */
export function attributeOf(object: unknown, name: string, spelled: string): unknown {
  if (object === undefined || object === null) refuseNothing(object, name, spelled);
  return attribute(object, name);
}

/** The member that a call means: a built-in method where an own property of the name is no function. */
export function methodOf(object: unknown, name: string, spelled: string): unknown {
  if (object === undefined || object === null) refuseNothing(object, name, spelled);
  return method(object, name);
}

/** An attribute that must be there itself. */
export function strictAttribute(object: unknown, name: string, spelled: string): unknown {
  const value = attributeOf(object, name, spelled);
  if (value !== undefined || hasAttribute(object, name)) return value;
  const meant = nearest(name, ownNames(object));
  throw new TemplateError("LMP_TEMPLATE_UNDEFINED", `\`${spelled}\` has no \`${name}\`.`, {
    expected: "an own property, or one that its class exposes to templates",
    found: `${kindOf(object)} without \`${name}\``,
    fix:
      meant === undefined
        ? `Write \`${spelled}.${name} | default("")\` if it may be absent.`
        : `Did you mean \`${meant}\`?`,
  });
}

/** An attribute where the question is whether it is there. */
export function tolerantAttribute(object: unknown, name: string): unknown {
  return object === undefined || object === null ? undefined : attribute(object, name);
}

export function itemOf(object: unknown, key: unknown, spelled: string): unknown {
  if (object === undefined || object === null) refuseNothing(object, nameOf(key) ?? kindOf(key), spelled);
  return item(object, key);
}

/** An item under a name that the template spells out, which is a slip where it is not there. */
export function strictItem(object: unknown, key: string, spelled: string): unknown {
  const value = itemOf(object, key, spelled);
  return value === undefined ? strictAttribute(object, key, spelled) : value;
}

export function tolerantItem(object: unknown, key: unknown): unknown {
  return object === undefined || object === null ? undefined : item(object, key);
}

function refuseNothing(object: undefined | null, name: string, spelled: string): never {
  const code = object === undefined ? "LMP_TEMPLATE_UNDEFINED" : "LMP_TEMPLATE_VALUE_INVALID";
  const is = object === undefined ? "not defined" : "null";
  throw new TemplateError(code, `\`${spelled}\` is ${is}, so it has no \`${name}\`.`, {
    expected: "an object",
    found: String(object),
    fix: `Ask first: {% if ${spelled} %}.`,
  });
}

function ownNames(object: unknown): string[] {
  return typeof object === "object" && object !== null ? Object.keys(object) : [];
}
