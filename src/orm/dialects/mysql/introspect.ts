/** The schema of a MySQL or MariaDB database, from its `information_schema`. */
import type { DriverConnection } from "../../driver/driver.ts";
import { type CatalogValue, catalogOf, optionalText, text } from "../../schema/catalog-rows.ts";
import { codeTokens } from "../../schema/code-token.ts";
import { textLiteral } from "../../schema/literal.ts";
import { referenceAction } from "../../schema/reference-action.ts";
import type {
  CheckSchema,
  ColumnSchema,
  ForeignKeySchema,
  IndexSchema,
  Schema,
  TableSchema,
} from "../../schema/schema.ts";

const here = (column: string) => `${column} = database()`;
const tablesSql = `SELECT json_array(t.TABLE_NAME) FROM information_schema.TABLES t
  WHERE ${here("t.TABLE_SCHEMA")} AND t.TABLE_TYPE = 'BASE TABLE' AND t.TABLE_NAME NOT LIKE 'limpid\\_%' ORDER BY t.TABLE_NAME`;
const columnsSql = `SELECT json_array(c.TABLE_NAME, c.COLUMN_NAME, c.COLUMN_TYPE, c.IS_NULLABLE, c.COLUMN_DEFAULT, c.EXTRA,
  c.GENERATION_EXPRESSION, c.CHARACTER_SET_NAME, c.COLLATION_NAME) FROM information_schema.COLUMNS c
  WHERE ${here("c.TABLE_SCHEMA")} ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION`;
const indexesSql = `SELECT json_array(s.TABLE_NAME, s.INDEX_NAME, s.NON_UNIQUE, s.COLUMN_NAME, s.COLLATION, s.SUB_PART, s.INDEX_TYPE)
  FROM information_schema.STATISTICS s WHERE ${here("s.TABLE_SCHEMA")} ORDER BY s.TABLE_NAME, s.INDEX_NAME, s.SEQ_IN_INDEX`;
const foreignKeysSql = `SELECT json_array(k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_NAME,
  k.REFERENCED_COLUMN_NAME, r.DELETE_RULE, r.UPDATE_RULE) FROM information_schema.KEY_COLUMN_USAGE k
  JOIN information_schema.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA
  AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME
  WHERE ${here("k.TABLE_SCHEMA")} AND k.REFERENCED_TABLE_NAME IS NOT NULL
  ORDER BY k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION`;
const mariadbChecksSql = `SELECT json_array(c.TABLE_NAME, c.CONSTRAINT_NAME, c.CHECK_CLAUSE, c.LEVEL)
  FROM information_schema.CHECK_CONSTRAINTS c WHERE ${here("c.CONSTRAINT_SCHEMA")} ORDER BY c.TABLE_NAME, c.CONSTRAINT_NAME`;
const mysqlChecksSql = `SELECT json_array(t.TABLE_NAME, c.CONSTRAINT_NAME, c.CHECK_CLAUSE, 'Table')
  FROM information_schema.CHECK_CONSTRAINTS c JOIN information_schema.TABLE_CONSTRAINTS t
  ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME
  WHERE ${here("c.CONSTRAINT_SCHEMA")} AND t.CONSTRAINT_TYPE = 'CHECK' ORDER BY t.TABLE_NAME, c.CONSTRAINT_NAME`;

type Row = readonly CatalogValue[];
type Rows = readonly Row[];

export async function introspectMysql(connection: DriverConnection): Promise<Schema> {
  const read = catalogOf(connection);
  const [version] = (await read("SELECT json_array(VERSION())"))[0] ?? [];
  const isMariadb = text(version).includes("MariaDB");
  const tables = await read(tablesSql);
  const columns = await read(columnsSql);
  const indexes = await read(indexesSql);
  const foreignKeys = await read(foreignKeysSql);
  const checks = await read(isMariadb ? mariadbChecksSql : mysqlChecksSql);
  const readTable = ([table]: Row): TableSchema => {
    const name = text(table);
    const of = (rows: Rows) => rows.filter((row) => row[0] === name);
    const jsonChecks = of(checks).filter((row) => row[3] === "Column" && /^json_valid\(/i.test(text(row[2])));
    // The check keeps its name when the column is renamed.
    const jsonNames = new Set(jsonChecks.flatMap((row) => codeTokens(text(row[2]), "mysql")[2]?.value ?? []));
    return {
      name,
      columns: of(columns).map((row) => readColumn(row, isMariadb, jsonNames)),
      ...readIndexes(of(indexes)),
      foreignKeys: readForeignKeys(of(foreignKeys)),
      checks: of(checks)
        .filter((row) => !jsonChecks.includes(row))
        .map((row) => readCheck(row, isMariadb)),
    };
  };
  return { dialect: "mysql", tables: tables.map(readTable) };
}

/** MariaDB's JSON is a longtext with a check at the column. */
function readColumn(row: Row, isMariadb: boolean, jsonNames: ReadonlySet<string>): ColumnSchema {
  const [, name, type, nullable, , extra, expression, charset, collation] = row;
  const generated = /\b(STORED|VIRTUAL) GENERATED/i.exec(text(extra));
  const isForeignText = optionalText(collation) !== undefined && collation !== "utf8mb4_bin";
  const suffix = isForeignText ? ` character set ${text(charset)} collate ${text(collation)}` : "";
  return {
    name: text(name),
    type: jsonNames.has(text(name)) ? "json" : withoutWidth(text(type)) + suffix,
    nullable: nullable === "YES",
    identity: text(extra).toLowerCase().includes("auto_increment"),
    default: generated ? undefined : readDefault(row, isMariadb),
    generated:
      generated === null
        ? undefined
        : { sql: plainSql(text(expression), isMariadb), stored: generated[1]?.toUpperCase() === "STORED" },
  };
}

/** MariaDB gives SQL. MySQL gives the bare text of a constant, and says where it is an expression. */
function readDefault([, , type, , value, extra]: Row, isMariadb: boolean): string | undefined {
  const sql = optionalText(value);
  if (sql === undefined || (isMariadb && sql === "NULL")) return undefined;
  if (isMariadb) return plainSql(sql, true);
  if (text(extra).includes("DEFAULT_GENERATED")) return plainSql(sql, isMariadb);
  return /^(?:int|bigint|smallint|tinyint|mediumint|decimal|double|float)/.test(text(type))
    ? sql
    : textLiteral(sql);
}

/**
 * Catalogs write texts with backslashes, which are nothing special in our sessions. MySQL escapes the whole once more,
 * and puts a character set before each text.
 */
function plainSql(sql: string, isMariadb: boolean): string {
  const once = isMariadb ? sql : sql.replaceAll(/\\(['\\])/g, "$1").replaceAll(/_utf8mb[34]'/g, "'");
  let result = "";
  let copied = 0;
  for (const token of codeTokens(once, "mysql", { escapes: true })) {
    if (token.kind !== "string") continue;
    result += once.slice(copied, token.start) + textLiteral(token.value);
    copied = token.start + token.text.length;
  }
  return result + once.slice(copied);
}

/** `int(11)` is `int`; `tinyint(1)` stays, because it means a boolean. */
function withoutWidth(type: string): string {
  return type === "tinyint(1)" ? type : type.replace(/^((?:big|small|medium|tiny)?int)\(\d+\)/, "$1");
}

/** Indexes of expressions, of parts of texts and of other kinds are left out: schemas cannot express them. */
function readIndexes(rows: Rows): Pick<TableSchema, "primaryKey" | "indexes" | "uniques"> {
  const indexes: IndexSchema[] = [];
  const uniques: { name: string; columns: string[] }[] = [];
  let primaryKey: string[] = [];
  for (const name of new Set(rows.map((row) => text(row[1])))) {
    const parts = rows.filter((row) => row[1] === name);
    const isPlain = parts.every(
      (row) => optionalText(row[3]) !== undefined && row[5] === null && row[6] === "BTREE",
    );
    const columns = parts.map((row) => ({ name: text(row[3]), descending: row[4] === "D" }));
    const names = columns.map((column) => column.name);
    const isUnique = Number(parts[0]?.[2]) === 0;
    if (name === "PRIMARY") primaryKey = names;
    else if (!isPlain) continue;
    else if (isUnique && !columns.some((column) => column.descending)) uniques.push({ name, columns: names });
    else indexes.push({ name, columns, unique: isUnique, where: undefined });
  }
  return { primaryKey, indexes, uniques };
}

function readForeignKeys(rows: Rows): ForeignKeySchema[] {
  return [...new Set(rows.map((row) => text(row[1])))].map((name) => {
    const parts = rows.filter((row) => row[1] === name);
    return {
      name,
      columns: parts.map((row) => text(row[2])),
      target: text(parts[0]?.[3]),
      targetColumns: parts.map((row) => text(row[4])),
      onDelete: referenceAction(text(parts[0]?.[5])),
      onUpdate: referenceAction(text(parts[0]?.[6])),
    };
  });
}

function readCheck([, name, sql]: Row, isMariadb: boolean): CheckSchema {
  return { name: text(name), sql: plainSql(text(sql), isMariadb) };
}
