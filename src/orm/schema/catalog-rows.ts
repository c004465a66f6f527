/** Reads the catalog of a database: each row comes as one JSON array, which every driver gives as text. */
import type { DriverValue } from "../dialects/dialect.ts";
import type { DriverConnection } from "../driver/driver.ts";
import { nextStatementId } from "../driver/statement-id.ts";

/** A value of a catalog. */
export type CatalogValue = string | number | boolean | null | readonly CatalogValue[];

/** Reads a query whose only column is a JSON array. */
export type ReadCatalog = (sql: string, values?: DriverValue[]) => Promise<(readonly CatalogValue[])[]>;

export function catalogOf(connection: DriverConnection): ReadCatalog {
  return async (sql, values = []) => {
    const statement = { id: nextStatementId(), sql, givesRows: true, bigInts: false, prepare: false };
    const rows = await connection.rows(statement, values);
    return rows.map(([json]) => arrayOf(json));
  };
}

/** The array in a column of JSON; some drivers parse it themselves. */
export function arrayOf(json: unknown): readonly CatalogValue[] {
  const value: unknown = typeof json === "string" ? JSON.parse(json) : json;
  return Array.isArray(value) ? value : [];
}

export function text(value: CatalogValue | undefined): string {
  return typeof value === "string" ? value : "";
}

export function optionalText(value: CatalogValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** 1, true and "YES" are true. */
export function flag(value: CatalogValue | undefined): boolean {
  return value === true || value === 1 || value === "YES";
}

export function texts(value: CatalogValue | undefined): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}
