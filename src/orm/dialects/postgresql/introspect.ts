/** The schema of a PostgreSQL database: the tables of the schema that comes first in the search path. */
import type { DriverConnection } from "../../driver/driver.ts";
import { type CatalogValue, catalogOf, flag, optionalText, text, texts } from "../../schema/catalog-rows.ts";
import { referenceAction } from "../../schema/reference-action.ts";
import type { ColumnSchema, IndexSchema, Schema, TableSchema } from "../../schema/schema.ts";

const ours = `c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
  AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname NOT LIKE 'limpid\\_%'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;
const tablesSql = `SELECT json_build_array(c.relname)::text FROM pg_class c WHERE ${ours} ORDER BY c.relname`;
const columnsSql = `SELECT json_build_array(c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
  a.attidentity, a.attgenerated, pg_get_expr(e.adbin, e.adrelid),
  EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
    AND d.refobjsubid = a.attnum AND d.deptype = 'a' AND d.classid = 'pg_class'::regclass
    AND d.objid IN (SELECT oid FROM pg_class WHERE relkind = 'S')))::text
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef e ON e.adrelid = c.oid AND e.adnum = a.attnum WHERE ${ours} ORDER BY c.relname, a.attnum`;
const names = (keys: string, table: string) => `(SELECT json_agg(a.attname ORDER BY k.at)
  FROM unnest(${keys}) WITH ORDINALITY k(number, at) JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.number)`;
const constraintsSql = `SELECT json_build_array(c.relname, o.conname, o.contype, ${names("o.conkey", "o.conrelid")},
  t.relname, ${names("o.confkey", "o.confrelid")}, o.confdeltype, o.confupdtype, pg_get_expr(o.conbin, o.conrelid))::text
  FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid LEFT JOIN pg_class t ON t.oid = o.confrelid
  WHERE o.contype IN ('p', 'u', 'f', 'c') AND ${ours} ORDER BY c.relname, o.conname`;
const indexesSql = `SELECT json_build_array(c.relname, x.relname, i.indisunique, pg_get_expr(i.indpred, i.indrelid),
  (SELECT json_agg(json_build_array(a.attname, (i.indoption[k.at - 1] & 1) = 1) ORDER BY k.at)
    FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(number, at)
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number))::text
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
  JOIN pg_am m ON m.oid = x.relam
  WHERE i.indexprs IS NULL AND i.indnatts = i.indnkeyatts AND m.amname = 'btree' AND NOT i.indisprimary
  AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x'))
  AND ${ours} ORDER BY c.relname, x.relname`;

type Rows = readonly (readonly CatalogValue[])[];

export async function introspectPostgresql(connection: DriverConnection): Promise<Schema> {
  const read = catalogOf(connection);
  const tables = await read(tablesSql);
  const columns = await read(columnsSql);
  const constraints = await read(constraintsSql);
  const indexes = await read(indexesSql);
  return {
    dialect: "postgresql",
    tables: tables.map(([name]) => {
      const of = (rows: Rows) => rows.filter((row) => row[0] === name);
      return readTable(text(name), of(columns), of(constraints), of(indexes));
    }),
  };
}

function readTable(name: string, columns: Rows, constraints: Rows, indexes: Rows): TableSchema {
  const ofType = (type: string) => constraints.filter((row) => row[2] === type);
  return {
    name,
    columns: columns.map(readColumn),
    primaryKey: texts(ofType("p")[0]?.[3]),
    indexes: indexes.map(readIndex),
    uniques: ofType("u").map((row) => ({ name: text(row[1]), columns: texts(row[3]) })),
    foreignKeys: ofType("f").map((row) => ({
      name: text(row[1]),
      columns: texts(row[3]),
      target: text(row[4]),
      targetColumns: texts(row[5]),
      onDelete: referenceAction(text(row[6])),
      onUpdate: referenceAction(text(row[7])),
    })),
    checks: ofType("c").map((row) => ({ name: text(row[1]), sql: text(row[8]) })),
  };
}

/** A `serial` column counts like an identity, though its default says so. */
function readColumn(row: readonly CatalogValue[]): ColumnSchema {
  const [, name, type, notNull, identity, generated, expression, hasSequence] = row;
  const sql = optionalText(expression);
  const isSerial = flag(hasSequence) && sql?.startsWith("nextval(") === true;
  const isGenerated = text(generated) !== "";
  return {
    name: text(name),
    type: text(type).replace(/^character varying/, "varchar"),
    nullable: !flag(notNull),
    identity: text(identity) !== "" || isSerial,
    default: isGenerated || isSerial ? undefined : sql,
    generated: isGenerated && sql !== undefined ? { sql, stored: generated === "s" } : undefined,
  };
}

function readIndex([, name, unique, where, parts]: readonly CatalogValue[]): IndexSchema {
  return {
    name: text(name),
    columns: (Array.isArray(parts) ? parts : []).map((part) => {
      const [column, descending] = Array.isArray(part) ? part : [];
      return { name: text(column), descending: flag(descending) };
    }),
    unique: flag(unique),
    where: optionalText(where),
  };
}
