/** Log lines for a person at a terminal: time, level, message, and the fields behind it. */

const colors: Record<string, number> = { trace: 90, debug: 36, info: 32, warn: 33, error: 31, fatal: 35 };
const shown = new Set(["timestamp", "level", "logger", "message", "request_id", "stack_trace", "exception"]);

/** How lines are printed. */
export interface PrettyOptions {
  color: boolean;
}

/** A stream that prints the JSON lines it is given. A line that is no JSON is printed as it is. */
export function prettyStream(
  output: { write(text: string): unknown },
  options: PrettyOptions,
): { write(line: string): void } {
  return { write: (line) => void output.write(prettyLine(line, options)) };
}

/** One JSON line, printed. What came from outside cannot start a line or colour the terminal. */
export function prettyLine(line: string, { color }: PrettyOptions): string {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line;
  }
  const paint = (code: number, text: string): string => (color ? `\x1b[${code}m${text}\x1b[0m` : text);
  const level = String(record["level"]);
  const time = String(record["timestamp"]).slice(11, 23);
  const parts = [paint(90, time), paint(colors[level] ?? 0, level.toUpperCase().padEnd(5))];
  if (record["logger"] !== undefined) parts.push(paint(90, `[${printable(record["logger"])}]`));
  parts.push(printable(record["message"] ?? ""));
  for (const [name, value] of Object.entries(record)) {
    if (!shown.has(name)) parts.push(paint(90, `${printable(name)}=${printable(value)}`));
  }
  if (record["request_id"] !== undefined) parts.push(paint(90, `#${printable(record["request_id"]).slice(0, 8)}`));
  return `${parts.join(" ")}\n${paint(31, stackOf(record))}`;
}

function stackOf(record: Record<string, unknown>): string {
  const stack = record["stack_trace"] ?? record["exception"];
  if (stack === undefined) return "";
  const lines = String(stack).split("\n");
  return `${lines.map((line) => `    ${printable(line.trim())}`).join("\n")}\n`;
}

/** Control characters as escapes. */
function printable(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
