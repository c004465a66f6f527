/**
 * Reads the guides of the template language: blocks of templates with what they print, tables of examples with their
 * results, and the values that all of a page's examples are rendered with.
 */
import { Environment, MemoryLoader, TemplateError } from "limpid/template";
import { print } from "../../src/template/values/print.ts";
import { blocksOf, type CodeBlock } from "../repository/code-blocks.ts";
import { files, read } from "../repository/repository.ts";

/** What something gives, and what the page says it gives. */
export interface Claim {
  readonly place: string;
  readonly expected: string;
  given(): string;
}

export interface Row {
  readonly line: number;
  /** The cells by the heading of their column, code without its quotes. */
  readonly cells: ReadonlyMap<string, string>;
}

export const pages: readonly string[] = ["docs/template.md", ...files("docs/template/*.md")];

/** Every table of a page as rows. */
export function rowsOf(text: string): Row[] {
  const rows: Row[] = [];
  let heading: string[] | undefined;
  let fenced = false;
  text.split("\n").forEach((line, index) => {
    if (line.startsWith("```")) fenced = !fenced;
    if (fenced || !line.startsWith("|")) {
      heading = undefined;
      return;
    }
    const cells = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (heading === undefined) heading = cells;
    else if (!/^-+$/.test(cells[0] ?? "")) {
      const named = heading.map((name, column) => [name, codeOf(cells[column] ?? "")] as const);
      rows.push({ line: index + 1, cells: new Map(named) });
    }
  });
  return rows;
}

/** The code of a cell that is nothing but code; a bar in it is written with a backslash. */
function codeOf(cell: string): string {
  const bare = cell.replaceAll("\\|", "|");
  return /^`[^`]*`$/.test(bare) ? bare.slice(1, -1) : bare;
}

/** What the templates and tables of a page claim. */
export function claimsOf(page: string): Claim[] {
  const text = read(page);
  const blocks = blocksOf(page, text);
  const data = JSON.parse(blocks.find(isData)?.code ?? "{}") as Record<string, unknown>;
  const templates = blocks.filter(({ language }) => language === "jinja");
  const named = templates.flatMap(({ marks: [name], code }) =>
    name === undefined ? [] : [[name, code] as const],
  );
  const environment = new Environment({
    loader: new MemoryLoader(Object.fromEntries(named)),
    strict: true,
    syntax: { trimBlocks: true, lstripBlocks: true },
  });
  const rendered = blocks.flatMap((block, index): Claim[] => {
    const output = blocks[index + 1];
    if (block.language !== "jinja" || output?.language !== "text") return [];
    const [name = "example.html"] = block.marks;
    const given = (): string =>
      orMessage(() => String(environment.fromString(block.code, name).render(data)));
    return [{ place: `${page}:${block.line}`, expected: output.code, given: () => given().trimEnd() }];
  });
  return [...rendered, ...rowsOf(text).flatMap((row) => claimOfRow(page, row, environment, data))];
}

function isData({ language, marks }: CodeBlock): boolean {
  return language === "json" && marks[0] === "data";
}

/** Rows of `example | result` give the value of an expression; those of `template | value | result` render it. */
function claimOfRow(
  page: string,
  { line, cells }: Row,
  environment: Environment,
  data: Record<string, unknown>,
): Claim[] {
  const place = `${page}:${line}`;
  const [example, template, value] = [cells.get("example"), cells.get("template"), cells.get("value")];
  const expected = cells.get("result");
  if (expected === undefined) return [];
  if (example !== undefined) {
    return [
      { place, expected, given: () => oneLine(orSentence(() => resultOf(example, environment, data))) },
    ];
  }
  if (template === undefined || value === undefined) return [];
  const values = (): Record<string, unknown> => ({ ...data, value: JSON.parse(value) as unknown });
  const text = (): string => String(environment.fromString(template).render(values()));
  return [{ place, expected, given: () => oneLine(orSentence(text)) }];
}

/** The value as it is before it is escaped for a place. */
function resultOf(example: string, environment: Environment, data: Record<string, unknown>): string {
  let kept: unknown;
  const keep = (value: unknown): void => {
    kept = value;
  };
  environment.fromString(`{{ keep(${example}) }}`).render({ ...data, keep });
  return print(kept);
}

/** Line ends are shown as an arrow in tables. */
function oneLine(text: string): string {
  return text.replaceAll("\n", "↵");
}

/** In tables the place of an error and its excerpt are left out. */
function orSentence(run: () => string): string {
  try {
    return run();
  } catch (error) {
    return error instanceof TemplateError ? error.sentence : String(error);
  }
}

function orMessage(run: () => string): string {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
