/** Schemas that models declare, and names, literals and defects in them. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ColumnType, DialectName } from "../../../src/orm/model/column-type.ts";
import { constraintName } from "../../../src/orm/schema/constraint-name.ts";
import { fixedSql } from "../../../src/orm/schema/fixed-sql.ts";
import { literal } from "../../../src/orm/schema/literal.ts";
import { type DraftColumn, integer, schemaOf, text, varchar } from "./drafts.ts";

const id: DraftColumn = { name: "id", type: integer, key: true, counted: true };
const withColumn = (column: DraftColumn, dialect: DialectName) =>
  schemaOf([{ name: "t", columns: [id, column] }], dialect).tables[0];
const array: ColumnType = { kind: "array", element: text };

describe("declaredSchema", () => {
  it("joins the check of a type and that of its column", () => {
    const table = withColumn({ name: "name", type: varchar(5), check: "<> ''" }, "sqlite");
    assert.deepEqual(table?.checks, [
      { name: "t_name_check", sql: `(length("name") <= 5) AND ("name" <> '')` },
    ]);
  });

  it("declares the index of a foreign key on MySQL, unless another begins with its columns", () => {
    const column: DraftColumn = { name: "t_id", type: integer, nullable: true, references: "t" };
    assert.deepEqual(
      withColumn(column, "mysql")?.indexes.map((index) => index.name),
      ["t_t_id_fkey"],
    );
    assert.deepEqual(
      withColumn({ ...column, index: true }, "mysql")?.indexes.map((index) => index.name),
      ["t_t_id_idx"],
    );
    assert.deepEqual(withColumn(column, "postgresql")?.indexes, []);
  });

  it("refuses what a database does not have", () => {
    assert.throws(() => withColumn({ name: "a", type: array }, "sqlite"), {
      code: "LMP_ORM_UNSUPPORTED",
      fix: /json\(\)/,
    });
    assert.throws(() => withColumn({ name: "a", type: text, index: true }, "mysql"), {
      code: "LMP_ORM_UNSUPPORTED",
    });
    const partial = { name: "t", columns: [id], indexes: [{ columns: ["id"], where: "id > 1" }] };
    assert.throws(() => schemaOf([partial], "mysql"), { code: "LMP_ORM_UNSUPPORTED" });
    const virtual = { from: "id", sql: "+ 1", stored: false };
    assert.throws(() => withColumn({ name: "a", type: integer, generated: virtual }, "postgresql"), {
      code: "LMP_ORM_UNSUPPORTED",
    });
    assert.equal(withColumn({ name: "a", type: array }, "postgresql")?.columns[1]?.type, "text[]");
  });

  it("refuses two things of one name", () => {
    const table = { name: "t", columns: [id] };
    assert.throws(() => schemaOf([table, table], "sqlite"), { code: "LMP_ORM_MODEL_INVALID" });
    assert.throws(() => withColumn(id, "sqlite"), { code: "LMP_ORM_MODEL_INVALID" });
  });

  it("refuses values in the SQL of a schema, and writes names", () => {
    const raw = (part: object) => ({ texts: ["", " > 0"], parts: [part] });
    assert.throws(() => fixedSql(raw({ kind: "parameter", value: "'; DROP" }), "sqlite", "a check"), {
      code: "LMP_ORM_MODEL_INVALID",
    });
    assert.equal(fixedSql(raw({ kind: "identifier", path: ['a"b'] }), "sqlite", "a check"), '"a""b" > 0');
  });
});

describe("constraintName", () => {
  it("is made of table, columns and kind", () => {
    assert.equal(constraintName("key", "users", ["email", "name"]), "users_email_name_key");
    assert.equal(constraintName("pkey", "users", []), "users_pkey");
  });

  it("is cut behind 60 bytes, and stays different", () => {
    const long = "é".repeat(40);
    const [one, other] = [constraintName("idx", long, ["a"]), constraintName("idx", long, ["b"])];
    assert.notEqual(one, other);
    assert.ok(Buffer.byteLength(one) <= 60 && one.isWellFormed() && one.endsWith("_idx"));
  });
});

describe("literal", () => {
  it("doubles quotes and leaves backslashes alone", () => {
    assert.equal(literal("it's \\ ok", text, "mysql", "t.a"), "'it''s \\ ok'");
  });

  it("writes each type as the database holds it", () => {
    const moment = new Date("2026-01-02T03:04:05.678Z");
    assert.equal(literal(moment, { kind: "timestamp" }, "sqlite", "t.a"), "1767323045678");
    assert.equal(literal(moment, { kind: "timestamp" }, "postgresql", "t.a"), "'2026-01-02 03:04:05.678+00'");
    assert.equal(literal(moment, { kind: "timestamp" }, "mysql", "t.a"), "'2026-01-02 03:04:05.678'");
    assert.equal(literal(true, { kind: "boolean" }, "sqlite", "t.a"), "1");
    assert.equal(literal(new Uint8Array([255, 0]), { kind: "bytes" }, "postgresql", "t.a"), "'\\xff00'");
    assert.equal(
      literal("1.5", { kind: "numeric", precision: 5, scale: 2, as: "string" }, "sqlite", "t.a"),
      "'1.50'",
    );
  });

  it("refuses what is not of the type", () => {
    for (const value of [1.5, "1", {}]) {
      assert.throws(() => literal(value, integer, "sqlite", "t.a"), { code: "LMP_ORM_VALUE_INVALID" });
    }
  });
});
