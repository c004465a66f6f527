/** From a line of compiled code back to the template: for the place of an error, and for its stack. */
import { TemplateError } from "../template-error.ts";
import type { CompiledTemplate, Script } from "./compiled-template.ts";

/** The name of scripts in stacks, before their number. */
export const scriptPrefix = "limpid-template-";

/** Lines that `new Function` puts before the first one of its body. */
const LINES_BEFORE = 2;

const frame = /limpid-template-(\d+):(\d+):\d+/g;

/** The error with its place, and with lines of templates in its stack. What is thrown is thrown on. */
export function placedError(thrown: unknown, templates: Iterable<CompiledTemplate>): unknown {
  const error = isOverflow(thrown) ? tooDeep(thrown) : thrown;
  if (!(error instanceof Error) || typeof error.stack !== "string") return error;
  const scripts = new Map<string, [template: CompiledTemplate, script: Script]>();
  for (const template of templates)
    for (const script of template.scripts) scripts.set(script.name, [template, script]);
  let stack =
    error.cause instanceof Error && isOverflow(error.cause) ? (error.cause.stack ?? "") : error.stack;
  let first: [template: CompiledTemplate, offset: number] | undefined;
  stack = stack.replace(frame, (text, number: string, line: string) => {
    const found = scripts.get(scriptPrefix + number);
    if (found === undefined) return text;
    const [template, script] = found;
    const offset = script.offsets[Number(line) - LINES_BEFORE - 1] ?? 0;
    first ??= [template, offset];
    const { line: row, column } = template.source.position(offset);
    return `${template.source.path ?? template.source.name}:${row}:${column}`;
  });
  if (error.stack.includes(scriptPrefix))
    Object.defineProperty(error, "stack", { value: stack, configurable: true, writable: true });
  if (error instanceof TemplateError && first !== undefined) error.locate(first[0].source, first[1]);
  return error;
}

function isOverflow(error: unknown): error is RangeError {
  return error instanceof RangeError && /call stack/i.test(error.message);
}

function tooDeep(cause: RangeError): TemplateError {
  return new TemplateError("LMP_TEMPLATE_DEPTH", "The template calls itself without end.", {
    expected: "a recursion that comes to an end",
    found: "a stack that is full",
    fix: "Look for a macro or a loop that calls itself in every round.",
    cause,
  });
}
