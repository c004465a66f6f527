/** JavaScript as it is written, line by line, each with the offset in the template that it came from. */

export class Code {
  readonly lines: string[] = [];
  readonly offsets: number[] = [];

  line(text: string, at: number): void {
    this.lines.push(text);
    this.offsets.push(at);
  }

  append(code: Code): void {
    for (const [index, text] of code.lines.entries()) this.line(text, code.offsets[index] ?? 0);
  }

  toString(): string {
    return this.lines.join("\n");
  }
}

/** A string as a literal of JavaScript. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
