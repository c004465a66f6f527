/** Cuts a script of SQL into its statements. */
import type { DialectName } from "../model/column-type.ts";
import type { SqlToken } from "../schema/sql-token.ts";
import { scriptTokens } from "./script-token.ts";

/** One statement of a script, without the semicolon. */
export interface ScriptStatement {
  readonly sql: string;
  /** The line of its first word, from 1. */
  readonly line: number;
  /** The texts of the comments that stand on lines of their own before it, without dashes. */
  readonly comments: readonly string[];
}

/** The statements of a script. Throws `LMP_ORM_MIGRATION_INVALID` for a string or a comment that does not end. */
export function splitScript(text: string, dialect: DialectName): ScriptStatement[] {
  const cutter = new StatementCutter(text, dialect);
  for (const token of scriptTokens(text, dialect)) cutter.add(token);
  return cutter.end();
}

/** Takes the tokens of a text one by one and gathers the statements. */
export class StatementCutter {
  readonly #text: string;
  readonly #dialect: DialectName;
  readonly #statements: ScriptStatement[] = [];
  #comments: string[] = [];
  #start = -1;
  #end = -1;
  #body: BodyReader | undefined;
  #counted: number;
  #line: number;

  /** Lines count from the beginning of the text, wherever the tokens begin. */
  constructor(text: string, dialect: DialectName, from = 0) {
    this.#text = text;
    this.#dialect = dialect;
    this.#counted = from;
    this.#line = 1 + newlines(text, 0, from);
  }

  add(token: SqlToken): void {
    if (token.kind === "space") return;
    if (token.kind === "comment") {
      if (this.#start < 0) this.#comments.push(...lineComment(token.text));
      return;
    }
    if (token.text === ";" && (this.#body === undefined || this.#body.endsAt(";"))) {
      this.#finish();
      return;
    }
    if (this.#start < 0) {
      this.#start = token.start;
      this.#body = new BodyReader(this.#dialect);
    }
    this.#body?.add(token.kind === "string" ? "'" : token.text.toUpperCase());
    this.#end = token.start + token.text.length;
  }

  /** The statements; the last one needs no semicolon. */
  end(): ScriptStatement[] {
    this.#finish();
    return this.#statements;
  }

  #finish(): void {
    if (this.#start >= 0) {
      this.#line += newlines(this.#text, this.#counted, this.#start);
      this.#counted = this.#start;
      const sql = this.#text.slice(this.#start, this.#end);
      this.#statements.push({ sql, line: this.#line, comments: this.#comments });
      this.#comments = [];
    }
    this.#start = -1;
    this.#body = undefined;
  }
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function lineComment(comment: string): string[] {
  return comment.startsWith("--") ? [comment.slice(2).trim()] : [];
}

const routines = new Set(["TRIGGER", "PROCEDURE", "FUNCTION", "EVENT"]);
/** What may stand between CREATE and the kind of what is created. */
const HEAD = 16;

/** Knows whether a semicolon ends the statement or stands in the body of a trigger or a routine. */
class BodyReader {
  readonly #dialect: DialectName;
  #words = 0;
  #creates = false;
  #routine = false;
  #depth = 0;
  #last = "";
  #beforeLast = "";

  constructor(dialect: DialectName) {
    this.#dialect = dialect;
  }

  /** Takes the next word or sign, in capitals. */
  add(piece: string): void {
    if (this.#words === 0) this.#creates = piece === "CREATE";
    if (this.#creates && !this.#routine && this.#words < HEAD) {
      this.#routine = routines.has(piece);
      // CREATE TABLE event (…): what is created comes first, a name behind it.
      if (/^(?:TABLE|VIEW|INDEX|SCHEMA|TYPE|SEQUENCE)$/.test(piece)) this.#creates = false;
    }
    this.#words++;
    if (this.#routine && this.#dialect !== "sqlite") this.#nest(piece);
    this.#beforeLast = this.#last;
    this.#last = piece;
  }

  /** SQLite's own rule: a trigger ends with `; END ;`. Elsewhere every block and CASE has its END. */
  endsAt(semicolon: ";"): boolean {
    if (!this.#routine) return true;
    if (this.#dialect === "sqlite") {
      const ends = this.#last === "END" && this.#beforeLast === ";";
      if (!ends) this.add(semicolon);
      return ends;
    }
    return this.#depth <= 0;
  }

  /** END IF, END LOOP and the like close what was not counted when it began. */
  #nest(piece: string): void {
    const mysql = this.#dialect === "mysql";
    if (this.#last === "END" && /^(?:IF|LOOP|WHILE|REPEAT)$/.test(piece)) this.#depth++;
    else if (piece === "BEGIN") this.#depth += mysql ? 1 : 0;
    else if (piece === "ATOMIC" && this.#last === "BEGIN") this.#depth++;
    else if (piece === "CASE" && this.#last !== "END" && (mysql || this.#depth > 0)) this.#depth++;
    else if (piece === "END" && this.#depth > 0) this.#depth--;
  }
}
