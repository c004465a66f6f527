/** What an error of PostgreSQL means: read from its SQLSTATE (PostgreSQL, Appendix A) and the fields beside it. */
import type { BrokenConstraint, Failure } from "../dialect.ts";

const states: Readonly<Record<string, Failure>> = {
  "40001": { kind: "serialization" },
  "40P01": { kind: "serialization" },
  // The server forgot a prepared statement, or its result changed with the schema: the transaction may be run again.
  "26000": { kind: "serialization" },
  "55P03": { kind: "lock" },
  "57014": { kind: "statement timeout" },
  "53300": { kind: "too many connections" },
  "53100": { kind: "disk full" },
  "25006": { kind: "read only" },
  // The server ended the session: by an administrator, a crash, a restart, or because it idled in a transaction.
  "57P01": { kind: "connection" },
  "57P02": { kind: "connection" },
  "57P03": { kind: "connection" },
  "57P04": { kind: "connection" },
  "57P05": { kind: "connection" },
  "25P03": { kind: "connection" },
  "25P04": { kind: "connection" },
};

const constraints: Readonly<Record<string, BrokenConstraint["kind"]>> = {
  "23505": "unique",
  // An exclusion is a unique constraint with another comparison.
  "23P01": "unique",
  "23503": "foreign key",
  "23001": "foreign key",
  "23502": "not null",
  "23514": "check",
};

/** Of Node's sockets, TLS and the driver itself: the connection is gone. */
const socketCodes =
  /^(E(CONN|PIPE|TIMEDOUT|HOST|NET|NOTFOUND|AI_AGAIN|NOTCONN)|ERR_(STREAM|SOCKET|SSL|TLS)_)/;

/** Says what an error of the driver means. */
export function classify(error: unknown): Failure {
  if (!(error instanceof Error)) return { kind: "other" };
  const fields = error as ErrorFields;
  const code = typeof fields.code === "string" ? fields.code : "";
  const constraint = constraints[code];
  if (constraint !== undefined) return { kind: "constraint", broken: brokenConstraint(constraint, fields) };
  const known = states[code];
  if (known !== undefined) return known;
  if (code === "0A000" && error.message.includes("cached plan")) return { kind: "serialization" };
  if (/^08...$/.test(code) || socketCodes.test(code)) return { kind: "connection" };
  return { kind: /^42...$/.test(code) ? "syntax" : "other" };
}

interface ErrorFields {
  readonly code?: unknown;
  readonly table?: unknown;
  readonly column?: unknown;
  readonly constraint?: unknown;
  readonly detail?: unknown;
}

function brokenConstraint(kind: BrokenConstraint["kind"], fields: ErrorFields): BrokenConstraint {
  const detail = text(fields.detail) ?? "";
  const column = text(fields.column);
  return {
    kind,
    table: text(fields.table),
    columns:
      column !== undefined ? [column] : kind === "check" || kind === "not null" ? [] : keyColumns(detail),
    constraint: text(fields.constraint),
  };
}

function text(field: unknown): string | undefined {
  return typeof field === "string" && field !== "" ? field : undefined;
}

/**
 * The columns of `Key (author_id, "createdAt")=(5, …) is not present in table "users".`; the words may be translated.
 * Of a row that is still referred to, they are columns of another table than the one that the error names.
 */
function keyColumns(detail: string): string[] {
  const end = detail.indexOf(")=(");
  const start = detail.indexOf("(");
  if (end < 0 || start < 0 || start > end || detail.includes("still referenced")) return [];
  const columns: string[] = [];
  for (const part of detail.slice(start + 1, end).matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)) {
    const name = part[1]?.replaceAll('""', '"') ?? part[2] ?? "";
    // An index over an expression has no column to name.
    if (name !== "" && !(part[1] === undefined && /[^\p{L}\p{N}_$]/u.test(name))) columns.push(name);
  }
  return columns;
}
