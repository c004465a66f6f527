/** The text of a template, and where in it an offset lies. */

/** A place in a template, counted from 1; columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Lines shown above the one that an error points to. */
const ABOVE = 2;

/** Characters of a line that are shown; of a longer one it is those around the error. */
const WIDTH = 120;

function cut(line: string, from: number): string {
  const before = from > 0 ? "…" : "";
  const behind = line.length > from + WIDTH ? "…" : "";
  return before + line.slice(from + before.length, from + WIDTH) + behind;
}

/** A template as it was written. */
export class Source {
  /** How templates name it: `posts/show.html`. */
  readonly name: string;
  readonly text: string;
  /** The file it was read from, for stacks; undefined where there is none. */
  readonly path: string | undefined;

  constructor(name: string, text: string, path?: string) {
    this.name = name;
    this.text = text;
    this.path = path;
  }

  position(at: number): Position {
    const before = this.text.slice(0, at);
    const start = before.lastIndexOf("\n") + 1;
    return { line: before.split("\n").length, column: at - start + 1 };
  }

  /** The line of an offset with a caret below, and the lines above it. */
  excerpt(at: number): string {
    const { line, column } = this.position(at);
    const lines = this.text.split("\n").slice(0, line);
    const width = String(line).length;
    const from = column > WIDTH ? column - WIDTH / 2 : 0;
    const shown = lines.slice(-ABOVE - 1).map((text, index, { length }) => {
      const number = line - length + index + 1;
      const mark = number === line ? ">" : " ";
      return `${mark} ${String(number).padStart(width)} | ${cut(text, from).trimEnd()}`;
    });
    const indent = cut(lines.at(-1) ?? "", from)
      .slice(0, column - 1 - from)
      .replace(/[^\t]/g, " ");
    return [...shown, `  ${" ".repeat(width)} | ${indent}^`].join("\n");
  }
}
