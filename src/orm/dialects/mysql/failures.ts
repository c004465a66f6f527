/** What an error of MariaDB or MySQL means: read from its number, and from its message for the names of constraints. */
import type { BrokenConstraint, Failure } from "../dialect.ts";

/** https://mariadb.com/kb/en/mariadb-error-code-reference/ and MySQL's "Server Error Message Reference". */
const numbers: Readonly<Record<number, Failure>> = {
  1213: { kind: "serialization" }, // LOCK_DEADLOCK
  1020: { kind: "serialization" }, // CHECKREAD: the row changed since the snapshot (innodb_snapshot_isolation).
  1205: { kind: "lock" }, // LOCK_WAIT_TIMEOUT
  3572: { kind: "lock" }, // LOCK_NOWAIT
  1969: { kind: "statement timeout" }, // STATEMENT_TIMEOUT of MariaDB
  3024: { kind: "statement timeout" }, // QUERY_TIMEOUT of MySQL
  1317: { kind: "statement timeout" }, // QUERY_INTERRUPTED
  1040: { kind: "too many connections" }, // CON_COUNT_ERROR
  1203: { kind: "too many connections" }, // TOO_MANY_USER_CONNECTIONS
  1226: { kind: "too many connections" }, // USER_LIMIT_REACHED
  1021: { kind: "disk full" }, // DISK_FULL
  1114: { kind: "disk full" }, // RECORD_FILE_FULL
  1290: { kind: "read only" }, // OPTION_PREVENTS_STATEMENT
  1792: { kind: "read only" }, // CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
  1836: { kind: "read only" }, // READ_ONLY_MODE
  1053: { kind: "connection" }, // SERVER_SHUTDOWN
  1080: { kind: "connection" }, // FORCING_CLOSE
  1152: { kind: "connection" }, // ABORTING_CONNECTION
  1184: { kind: "connection" }, // NEW_ABORTING_CONNECTION
  1927: { kind: "connection" }, // CONNECTION_KILLED
  2006: { kind: "connection" }, // SERVER_GONE_ERROR
  2013: { kind: "connection" }, // SERVER_LOST
  4031: { kind: "connection" }, // CLIENT_INTERACTION_TIMEOUT
  1054: { kind: "syntax" }, // BAD_FIELD_ERROR
  1064: { kind: "syntax" }, // PARSE_ERROR
  1091: { kind: "syntax" }, // CANT_DROP_FIELD_OR_KEY
  1109: { kind: "syntax" }, // UNKNOWN_TABLE
  1146: { kind: "syntax" }, // NO_SUCH_TABLE
  1149: { kind: "syntax" }, // SYNTAX_ERROR
  1305: { kind: "syntax" }, // SP_DOES_NOT_EXIST
  1582: { kind: "syntax" }, // WRONG_PARAMCOUNT_TO_NATIVE_FCT
};

const constraints: Readonly<Record<number, BrokenConstraint["kind"]>> = {
  1062: "unique",
  1586: "unique",
  1169: "unique",
  1451: "foreign key",
  1452: "foreign key",
  1216: "foreign key",
  1217: "foreign key",
  1048: "not null",
  1364: "not null",
  3819: "check",
  4025: "check",
};

/** Of Node's sockets, TLS, `mysql2` and the driver itself: the connection is gone. */
const socketCodes =
  /^(E(CONN|PIPE|TIMEDOUT|HOST|NET|NOTFOUND|AI_AGAIN|NOTCONN)|ERR_(STREAM|SOCKET|SSL|TLS)_|PROTOCOL_|HANDSHAKE_)/;

/** Says what an error of the driver means. */
export function classify(error: unknown): Failure {
  if (!(error instanceof Error)) return { kind: "other" };
  const { errno, code } = error as { readonly errno?: unknown; readonly code?: unknown };
  if (typeof errno === "number") {
    const constraint = constraints[errno];
    if (constraint !== undefined)
      return { kind: "constraint", broken: readMessage(constraint, error.message) };
    const known = numbers[errno];
    if (known !== undefined) return known;
  }
  return { kind: typeof code === "string" && socketCodes.test(code) ? "connection" : "other" };
}

/**
 * The names stand in the message alone, and in front of them may stand a value that a stranger chose: they are taken
 * from the end, where the server writes.
 */
function readMessage(kind: BrokenConstraint["kind"], message: string): BrokenConstraint {
  switch (kind) {
    case "unique": {
      // Duplicate entry 'x' for key 'email'; MySQL 8: for key 'users.email'.
      const key = lastQuoted(message);
      const dot = key?.lastIndexOf(".") ?? -1;
      const table = dot > 0 ? key?.slice(0, dot) : undefined;
      return { kind, table, columns: [], constraint: dot > 0 ? key?.slice(dot + 1) : key };
    }
    case "foreign key":
      return foreignKey(message);
    case "not null": {
      // Column 'email' cannot be null; Field 'email' doesn't have a default value.
      const column = /'((?:[^']|'')*)'/.exec(message)?.[1];
      return { kind, table: undefined, columns: column === undefined ? [] : [column], constraint: undefined };
    }
    case "check": {
      // MariaDB: CONSTRAINT `positive` failed for `shop`.`items`; MySQL: Check constraint 'positive' is violated.
      const names = backquoted(message);
      return { kind, table: names[2], columns: [], constraint: names[0] ?? lastQuoted(message) };
    }
  }
}

/** … fails (`shop`.`posts`, CONSTRAINT `author` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`)). */
function foreignKey(message: string): BrokenConstraint {
  const table = /\(`(?:[^`]|``)*`\.`((?:[^`]|``)*)`,/.exec(message)?.[1]?.replaceAll("``", "`");
  const named = /CONSTRAINT `((?:[^`]|``)*)` FOREIGN KEY \(([^)]*)\)/.exec(message);
  // Of a row that is still referred to, the columns are those of the row that refers, not of the one that was touched.
  const refers = message.includes("child row");
  return {
    kind: "foreign key",
    table,
    columns: refers ? backquoted(named?.[2] ?? "") : [],
    constraint: named?.[1]?.replaceAll("``", "`"),
  };
}

function backquoted(text: string): string[] {
  return [...text.matchAll(/`((?:[^`]|``)*)`/g)].map((match) => (match[1] ?? "").replaceAll("``", "`"));
}

function lastQuoted(message: string): string | undefined {
  const end = message.lastIndexOf("'");
  const start = message.lastIndexOf("'", end - 1);
  return start < 0 || start === end ? undefined : message.slice(start + 1, end);
}
