/** What a statement destroys or renames, as far as its words tell. */
import type { DialectName } from "../model/column-type.ts";
import type { Destroyed } from "./migration.ts";
import { scriptTokens } from "./script-token.ts";

/** A word, a name or a sign of a statement. */
interface Piece {
  /** In capitals; of a name in quotes empty, so that it is never taken for a keyword. */
  readonly word: string;
  readonly name: string;
}

/** What stands behind DROP in ALTER TABLE and is no column. */
const harmless = new Set(
  "CONSTRAINT INDEX KEY PRIMARY FOREIGN CHECK DEFAULT NOT EXPRESSION IDENTITY PARTITION UNIQUE PERIOD SYSTEM".split(
    " ",
  ),
);
const fillers = new Set(["IF", "EXISTS", "ONLY", "TABLE", "COLUMN", "TEMPORARY"]);

/** The tables and columns that a statement drops or empties by its very words. */
export function destroyedBy(sql: string, dialect: DialectName): Destroyed[] {
  const pieces = piecesOf(sql, dialect);
  const [first, second] = pieces.map(({ word }) => word);
  if (first === "TRUNCATE") return tablesFrom(pieces, 1).map((table) => ({ table, rows: true }));
  if (first === "DROP" && (second === "TABLE" || second === "TEMPORARY")) {
    return tablesFrom(pieces, 1).map((table) => ({ table }));
  }
  if (first !== "ALTER" || second !== "TABLE") return [];
  const [table] = tablesFrom(pieces, 2);
  return table === undefined ? [] : droppedColumns(pieces).map((column) => ({ table, column }));
}

/** The tables that a statement gives another name. */
export function renamedBy(sql: string, dialect: DialectName): { from: string; to: string }[] {
  const pieces = piecesOf(sql, dialect);
  const [first, second] = pieces.map(({ word }) => word);
  if (first === "ALTER" && second === "TABLE") {
    const from = nameAt(pieces, skipped(pieces, 2));
    const at = from.next;
    if (pieces[at]?.word !== "RENAME" || !/^(?:TO|AS)$/.test(pieces[at + 1]?.word ?? "")) return [];
    return [{ from: from.name, to: nameAt(pieces, at + 2).name }];
  }
  if (first !== "RENAME" || second !== "TABLE") return [];
  const renames: { from: string; to: string }[] = [];
  for (let at = 2; at < pieces.length; ) {
    const from = nameAt(pieces, at);
    const to = nameAt(pieces, from.next + 1);
    renames.push({ from: from.name, to: to.name });
    at = to.next + 1;
  }
  return renames;
}

function droppedColumns(pieces: readonly Piece[]): string[] {
  const columns: string[] = [];
  let depth = 0;
  pieces.forEach(({ word }, index) => {
    if (word === "(") depth++;
    else if (word === ")") depth--;
    else if (word === "DROP" && depth === 0 && !harmless.has(pieces[index + 1]?.word ?? "")) {
      const { name } = nameAt(pieces, skipped(pieces, index + 1));
      if (name !== "") columns.push(name);
    }
  });
  return columns;
}

/** The tables of a list, from the words that may stand before it on. */
function tablesFrom(pieces: readonly Piece[], from: number): string[] {
  const names: string[] = [];
  let at = skipped(pieces, from);
  for (;;) {
    const { name, next } = nameAt(pieces, at);
    if (name === "") return names;
    names.push(name);
    if (pieces[next]?.word !== ",") return names;
    at = next + 1;
  }
}

function skipped(pieces: readonly Piece[], from: number): number {
  let at = from;
  while (fillers.has(pieces[at]?.word ?? "")) at++;
  return at;
}

/** The last part of a name that may have its schema before it. */
function nameAt(pieces: readonly Piece[], at: number): { name: string; next: number } {
  let next = at;
  while (pieces[next + 1]?.word === ".") next += 2;
  return { name: pieces[next]?.name ?? "", next: next + 1 };
}

function piecesOf(sql: string, dialect: DialectName): Piece[] {
  const pieces: Piece[] = [];
  for (const { kind, text, value } of scriptTokens(sql, dialect)) {
    if (kind === "word") {
      // PostgreSQL reads a name without quotes in small letters.
      const name = dialect === "postgresql" ? text.toLowerCase() : text;
      pieces.push({ word: text.toUpperCase(), name });
    } else if (kind === "quoted") pieces.push({ word: "", name: value });
    else if (kind === "number" || kind === "symbol") pieces.push({ word: text, name: "" });
  }
  return pieces;
}
