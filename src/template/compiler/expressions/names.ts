/** Names, attributes, items and slices. */
import type { Attribute, Expression, Item, Name, Slice } from "../../nodes.ts";
import { loopMembers } from "../../runtime/loop.ts";
import { spelled } from "../../spelled.ts";
import { isForbidden } from "../../values/forbidden.ts";
import type { Body } from "../body.ts";
import { quoted } from "../code.ts";
import { awaited, compileExpression } from "../parts.ts";

export function compileName({ name }: Name, body: Body, tolerant: boolean): string {
  const { scope, script } = body;
  const bound = scope.find(name);
  if (bound !== undefined) return awaited(bound, body);
  const variable = scope.names.lookup(name);
  if (!script.strict || tolerant) return awaited(variable, body);
  return awaited(`(${variable} === undefined ? R.strictName(c, ${quoted(name)}) : ${variable})`, body);
}

export function compileAttribute({ object, name }: Attribute, body: Body, tolerant: boolean): string {
  if (object.type === "Name" && object.name === "loop" && loopMembers.has(name)) {
    const { loop } = body.loop ?? {};
    if (loop !== undefined && body.scope.find("loop") === loop) return loopMember(loop, name, body);
  }
  if (isForbidden(name))
    return slowRead(compileExpression(object, body, tolerant), object, quoted(name), body, tolerant);
  const value = compileExpression(object, body, tolerant);
  const variable = body.scope.names.temporary();
  // An own property of a plain object is read directly: the engine makes one check of this whole condition.
  const plain = `typeof (${variable} = ${value}) === "object" && ${variable} !== null && ${quoted(name)} in ${variable} && G(${variable}) === O && !(${quoted(name)} in O)`;
  const read = `${plain} ? ${variable}[${quoted(name)}] : ${slowRead(variable, object, quoted(name), body, tolerant)}`;
  return awaited(`(${read})`, body);
}

/** The neighbours of an item come from the list, which may hold promises. */
function loopMember(loop: string, name: string, body: Body): string {
  const read = `${loop}.${name}`;
  return name === "previtem" || name === "nextitem" ? awaited(read, body) : read;
}

function slowRead(
  variable: string,
  object: Expression,
  name: string,
  { script }: Body,
  tolerant: boolean,
): string {
  if (tolerant) return `R.tolerantAttribute(${variable}, ${name})`;
  const read = script.strict ? "strictAttribute" : "attribute";
  return `R.${read}(${variable}, ${name}, ${quoted(spelled(object))})`;
}

export function compileItem({ object, key }: Item, body: Body, tolerant: boolean): string {
  const parts = `${compileExpression(object, body, tolerant)}, ${compileExpression(key, body)}`;
  if (tolerant) return awaited(`R.tolerantItem(${parts})`, body);
  // A name that the template spells out is like an attribute; one from a variable asks what is there.
  const read =
    body.script.strict && key.type === "Literal" && typeof key.value === "string" ? "strictItem" : "item";
  return awaited(`R.${read}(${parts}, ${quoted(spelled(object))})`, body);
}

export function compileSlice({ object, start, stop, step }: Slice, body: Body): string {
  const parts = [start, stop, step].map((part) =>
    part === undefined ? "undefined" : compileExpression(part, body),
  );
  return `R.slice(${compileExpression(object, body)}, ${parts.join(", ")})`;
}
