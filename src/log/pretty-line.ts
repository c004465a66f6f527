/** Makes of a JSON log line the lines a person reads at a terminal. */
import { escapeControl } from "./escape-control.ts";

/** The beginnings of colours at a terminal (ECMA-48 §8.3.117), by what they colour. */
const colours: Readonly<Record<string, string>> = {
  trace: "\u001b[90m",
  debug: "\u001b[36m",
  info: "\u001b[32m",
  warn: "\u001b[33m",
  error: "\u001b[31m",
  fatal: "\u001b[41;97m",
  dim: "\u001b[2m",
};
const plain = "\u001b[0m";
const shownApart = new Set(["timestamp", "level", "logger", "message", "request_id", "stack_trace"]);
const REQUEST_ID_SHOWN = 8;

/**
 * `12:34:56.789 INFO  [0b2a19c4] served status=200`, in local time, and a stack indented below. Control characters of
 * every field are written out. A line that is no JSON object is returned as it is, escaped.
 */
export function prettyLine(json: string, coloured: boolean): string {
  const fields = parsed(json);
  if (fields === undefined) return `${escapeControl(json.trimEnd())}\n`;
  const paint = (name: string, text: string): string =>
    coloured ? `${colours[name] ?? ""}${text}${plain}` : text;
  const level = textOf(fields.level);
  const head = [paint("dim", localTime(fields.timestamp)), paint(level, level.toUpperCase().padEnd(5))];
  const requestId = textOf(fields.request_id);
  if (requestId !== "") head.push(paint("dim", `[${requestId.slice(0, REQUEST_ID_SHOWN)}]`));
  const logger = textOf(fields.logger);
  if (logger !== "" && logger !== "app") head.push(paint("dim", `${logger}:`));
  const message = textOf(fields.message);
  if (message !== "") head.push(message);
  for (const [name, value] of Object.entries(fields)) {
    // Where the error's own sentence is the message, its name and code are told by the stack's first line.
    if (shownApart.has(name) || (name === "exception" && "stack_trace" in fields)) continue;
    head.push(`${paint("dim", `${escapeControl(name)}=`)}${shownValue(value)}`);
  }
  const lines = [head.join(" ")];
  if (typeof fields.stack_trace === "string") lines.push(...stackLines(fields, paint));
  return `${lines.join("\n")}\n`;
}

/** Every line is indented, so that no line inside an error's message can pass for one of the log. */
function stackLines(
  fields: Record<string, unknown>,
  paint: (name: string, text: string) => string,
): string[] {
  const [, ...rest] = String(fields.stack_trace).split("\n");
  const lines = [paint("error", textOf(fields.exception)), ...rest.map((line) => escapeControl(line))];
  return lines.map((line) => (/^\s*at /.test(line) ? paint("dim", `    ${line}`) : `    ${line}`));
}

function parsed(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return escapeControl(typeof value === "string" ? value : JSON.stringify(value));
}

/** As it is where it reads as one word; as JSON otherwise. */
function shownValue(value: unknown): string {
  if (typeof value === "string" && /^[^\s"'=\\]+$/.test(value)) return escapeControl(value);
  return escapeControl(JSON.stringify(value));
}

function localTime(timestamp: unknown): string {
  const date = new Date(String(timestamp));
  if (Number.isNaN(date.getTime())) return "--:--:--.---";
  const two = (value: number): string => String(value).padStart(2, "0");
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${time}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
