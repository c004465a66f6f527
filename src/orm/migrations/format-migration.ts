/** Writes a migration file in SQL, for people to read and to edit. */
import type { DialectName } from "../model/column-type.ts";
import type { MigrationStep } from "../schema/migration-step.ts";
import type { Destroyed, Direction } from "./migration.ts";
import { shownDestroyed, TITLE } from "./migration-header.ts";

/** One way of a migration in one dialect, before it is written. */
export interface DraftSection {
  readonly direction: Direction;
  readonly dialect: DialectName;
  readonly steps: readonly MigrationStep[];
  /** Said at the head of the section; that of `up` stands in the head of the file. */
  readonly loses: readonly Destroyed[];
}

export interface Draft {
  readonly parents: readonly string[];
  readonly touches: readonly string[];
  readonly sections: readonly DraftSection[];
}

/** Columns of a comment before a list goes on in the next line. */
const WIDTH = 100;

/** The text of the file. `parseMigration` reads it back. */
export function formatMigration({ parents, touches, sections }: Draft): string {
  const lost = sections.filter(({ direction }) => direction === "up").flatMap(({ loses }) => loses);
  const head = [
    `-- ${TITLE}`,
    ...list("parents", parents.length === 0 ? ["none"] : parents),
    ...list("touches", touches.length === 0 ? ["none"] : touches),
    ...list("loses", new Set(lost.map(shownDestroyed))),
  ];
  return `${[head.join("\n"), ...sections.map(formatSection)].join("\n\n")}\n`;
}

function formatSection({ direction, dialect, steps, loses }: DraftSection): string {
  const lines = [`-- ${direction} ${dialect}`];
  if (direction === "down") lines.push(...list("loses", new Set(loses.map(shownDestroyed))));
  for (const step of steps) lines.push(...formatStep(step));
  return lines.join("\n");
}

function formatStep({ sql, note, guard, rebuild }: MigrationStep): string[] {
  const lines: string[] = [];
  if (note !== undefined) lines.push(`-- ${oneLine(note)}`);
  if (guard !== undefined) lines.push(`-- guard: ${oneLine(guard)}`);
  if (rebuild !== undefined) lines.push(`-- rebuild ${rebuild.table} ${rebuild.stage}`);
  return [...lines, `${sql};`];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function list(key: string, items: Iterable<string>): string[] {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    if (line !== "" && line.length + item.length + 2 > WIDTH) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? `-- ${key}: ${item}` : `${line}, ${item}`;
  }
  return line === "" ? lines : [...lines, line];
}
