/** Reads a migration file in SQL. */
import { LimpidError } from "../../errors/index.ts";
import type { DialectName } from "../model/column-type.ts";
import { hashOfSql } from "./content-hash.ts";
import type {
  Destroyed,
  Direction,
  MigrationSection,
  MigrationStatement,
  Snapshot,
  SqlMigration,
} from "./migration.ts";
import { listed, parseDestroyed, parseHeader } from "./migration-header.ts";
import { scriptTokens } from "./script-token.ts";
import { type ScriptStatement, StatementCutter } from "./split-script.ts";

const sectionLine = /^--[ \t]*(up|down)[ \t]+(sqlite|postgresql|mysql)[ \t]*$/;

/** Reads the text of a file. `file` is how it is called in errors. Throws `LMP_ORM_MIGRATION_INVALID`. */
export function parseMigration(
  text: string,
  { name, file, snapshot }: { name: string; file: string; snapshot?: Snapshot | undefined },
): SqlMigration {
  const source = text.replaceAll("\r\n", "\n").replace(/^\uFEFF/, "");
  const first = firstSection(source);
  const header = parseHeader(source.slice(0, first).split("\n"), file);
  const sections = { up: new Map<DialectName, MigrationSection>(), down: new Map() };
  for (let at = first; at < source.length; ) {
    const { direction, dialect, section, end } = readSection(source, at, file);
    if (sections[direction].has(dialect)) throw twice(file, direction, dialect);
    const loses = direction === "up" ? [...header.loses, ...section.loses] : section.loses;
    sections[direction].set(dialect, { ...section, loses });
    at = end;
  }
  const { parents, touches } = header;
  return {
    kind: "sql",
    name,
    file,
    hash: hashOfSql(parents, sections),
    parents,
    touches,
    snapshot,
    sections,
  };
}

function firstSection(source: string): number {
  let at = 0;
  for (const line of source.split("\n")) {
    if (sectionLine.test(line)) return at;
    at += line.length + 1;
  }
  return source.length;
}

interface ReadSection {
  readonly direction: Direction;
  readonly dialect: DialectName;
  readonly section: MigrationSection;
  readonly end: number;
}

/** A section ends at the next section's line; one in a string or a block comment is none. */
function readSection(source: string, at: number, file: string): ReadSection {
  const head = source.slice(at, endOfLine(source, at));
  const [, direction, dialect] = sectionLine.exec(head) as unknown as [string, Direction, DialectName];
  const cutter = new StatementCutter(source, dialect, at);
  const alone: string[] = [];
  let end = source.length;
  for (const token of scriptTokens(source, dialect, at + head.length)) {
    if (token.kind === "comment" && (token.start === 0 || source[token.start - 1] === "\n")) {
      if (sectionLine.test(token.text)) {
        end = token.start;
        break;
      }
      alone.push(token.text.replace(/^--/, "").trim());
    }
    cutter.add(token);
  }
  const statements = cutter.end().map((statement) => directed(statement, file));
  return { direction, dialect, end, section: { statements, ...sectionDirectives(alone, file) } };
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}

/** What the comments of a section tell the runner about the whole of it. */
function sectionDirectives(
  comments: readonly string[],
  file: string,
): { transaction: boolean; loses: readonly Destroyed[] } {
  const loses = comments.filter((line) => line.startsWith("loses:"));
  return {
    transaction: !comments.includes("no transaction"),
    loses: loses.flatMap((line) => listed(line.slice(6)).map((one) => parseDestroyed(one, file))),
  };
}

/** A statement with what the comments before it tell the runner. */
function directed({ sql, line, comments }: ScriptStatement, file: string): MigrationStatement {
  const [own] = /^(?:BEGIN|COMMIT|ROLLBACK|END|START\s+TRANSACTION|SAVEPOINT)\b/i.exec(sql) ?? [];
  if (own !== undefined) throw ownTransaction(file, line, own);
  const guard = comments
    .findLast((comment) => comment.startsWith("guard:"))
    ?.slice(6)
    .trim();
  const rebuild = comments.findLast((comment) => comment.startsWith("rebuild "));
  if (rebuild === undefined) return { sql, line, guard, rebuild: undefined };
  const [, table, stage] = /^rebuild (\S+) (begin|end)$/.exec(rebuild) ?? [];
  if (table === undefined || (stage !== "begin" && stage !== "end")) {
    throw new LimpidError("LMP_ORM_MIGRATION_INVALID", `${file} has a directive that is malformed.`, {
      expected: "-- rebuild posts begin, or -- rebuild posts end",
      found: `-- ${rebuild}`,
      fix: `Mend it before line ${line}.`,
    });
  }
  return { sql, line, guard, rebuild: { table, stage } };
}

function twice(file: string, direction: Direction, dialect: DialectName): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_INVALID", `${file} has a section twice.`, {
    expected: `one section \`-- ${direction} ${dialect}\``,
    found: "two",
    fix: "Put the statements of both into one.",
  });
}

function ownTransaction(file: string, line: number, found: string): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_INVALID", `${file} begins or ends a transaction by itself.`, {
    expected: "statements alone; each migration runs in a transaction where the database can",
    found: `${found} in line ${line}`,
    fix: "Leave it out. What must run outside of a transaction goes into a section with `-- no transaction`.",
  });
}
