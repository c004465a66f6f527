/** Reads what `tsc --pretty false` prints. */

import type { About } from "./module-writer.ts";

/** One error of TypeScript. */
export interface Diagnostic {
  /** As printed: absolute, or relative to the folder in which `tsc` ran; undefined where it is about no file. */
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly code: number;
  /** The sentence, and below it what led to it. */
  readonly message: string;
  readonly details: readonly string[];
}

export function readDiagnostics(output: string): Diagnostic[] {
  const found: (Diagnostic & { readonly details: string[] })[] = [];
  for (const line of output.split(/\r?\n/)) {
    const head = /^(?:(.*)\((\d+),(\d+)\): )?error TS(\d+): (.*)$/.exec(line);
    if (head === null) {
      if (/^\s+\S/.test(line)) found.at(-1)?.details.push(line.trim());
      continue;
    }
    const [, file, row = "1", column = "1", code, message = ""] = head;
    found.push({ file, line: Number(row), column: Number(column), code: Number(code), message, details: [] });
  }
  return found;
}

/**
 * What says nothing about the template. A variable without a type that a loop feeds from itself is `any` (7005, 7022,
 * 7034), so is what a computed key reads (7015, 7052, 7053), lists are compared by value (2839), and a condition may be constant (2872, 2873).
 */
const meaningless = new Set([2839, 2872, 2873, 7005, 7015, 7022, 7027, 7034, 7052, 7053]);

/**
 * Whether an error of TypeScript would be one of the template too. In the other branch of `{% if posts %}` the list
 * is empty, where TypeScript takes it to be impossible; maps are read by key; and a computed key may find nothing,
 * which shows in that the missing name is not what is `written` at the place.
 */
export function isMeant({ code, message }: Diagnostic, about: About | undefined, written: string): boolean {
  if (meaningless.has(code)) return false;
  const [, name = "", type = ""] = /^Property '(.*?)' does not exist on type '(.*?)'/.exec(message) ?? [];
  if (/^(?:never|(?:Readonly)?Map<.*)$/.test(type)) return false;
  return about?.kind !== "key" || name === "" || written.startsWith(name);
}
