/** The allow-list: which members of the built-in types templates can reach. Each type's tables are in `methods/`. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { type Callable, parametersOf, withParameters } from "./call.ts";
import { isPlain } from "./kind.ts";
import { arrayMembers } from "./methods/array.ts";
import { dateMembers } from "./methods/date.ts";
import { mapMembers } from "./methods/map.ts";
import { markupMembers } from "./methods/markup.ts";
import type { Members, Method, Reading } from "./methods/members.ts";
import { bigintMembers, numberMembers } from "./methods/number.ts";
import { objectMembers } from "./methods/object.ts";
import { setMembers } from "./methods/set.ts";
import { textMembers } from "./methods/text.ts";
import { urlMembers } from "./methods/url.ts";

/** A property, or a method bound to the object; undefined where the type has none of this name. */
export function builtinMember(object: unknown, name: string, read: Reading): unknown {
  const members = membersOf(object);
  if (members === undefined) return undefined;
  if (Object.hasOwn(members.properties, name)) return members.properties[name]?.(object);
  const method = own(members.methods, name) ?? own(members.mutating, name) ?? reading(members, name, read);
  return method === undefined ? undefined : bound(method, object, name);
}

export function hasBuiltinMember(object: unknown, name: string): boolean {
  const members = membersOf(object);
  if (members === undefined) return false;
  return (
    Object.hasOwn(members.properties, name) ||
    Object.hasOwn(members.methods, name) ||
    Object.hasOwn(members.mutating, name) ||
    Object.hasOwn(members.reading ?? {}, name)
  );
}

/** Whether a name is that of a method which changes the object. */
export function isBuiltinMutating(object: unknown, name: string): boolean {
  const members = membersOf(object);
  return members !== undefined && Object.hasOwn(members.mutating, name);
}

function membersOf(object: unknown): Members<unknown> | undefined {
  switch (typeof object) {
    case "string":
      return textMembers as Members<unknown>;
    case "number":
      return numberMembers as Members<unknown>;
    case "bigint":
      return bigintMembers as Members<unknown>;
    case "object":
      return object === null ? undefined : (membersOfObject(object) as Members<unknown> | undefined);
    default:
      return undefined;
  }
}

function membersOfObject(object: object): unknown {
  if (Array.isArray(object)) return arrayMembers;
  if (isPlain(object)) return objectMembers;
  if (object instanceof Html) return markupMembers;
  if (object instanceof Map) return mapMembers;
  if (object instanceof Set) return setMembers;
  if (object instanceof Date) return dateMembers;
  return object instanceof URL ? urlMembers : undefined;
}

/** A method that reads attributes, with the way to do so. */
function reading(
  { reading: table = {} }: Members<unknown>,
  name: string,
  read: Reading,
): Method<unknown> | undefined {
  const method = Object.hasOwn(table, name) ? table[name] : undefined;
  return method === undefined ? undefined : (object, ...values) => method(object, read, ...values);
}

function own(table: Readonly<Record<string, Method<unknown>>>, name: string): Method<unknown> | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function bound(method: Method<unknown>, object: unknown, name: string): Callable {
  const call = (...values: unknown[]): unknown => {
    try {
      return method(object, ...values);
    } catch (error) {
      if (error instanceof TemplateError || !(error instanceof RangeError || error instanceof TypeError))
        throw error;
      throw new TemplateError(
        "LMP_TEMPLATE_ARGUMENT_INVALID",
        `\`${name}\` cannot do this: ${error.message}.`,
        {
          fix: "Check the arguments of the call.",
          cause: error,
        },
      );
    }
  };
  const names = parametersOf(method);
  return names === undefined ? call : withParameters(names, call);
}
