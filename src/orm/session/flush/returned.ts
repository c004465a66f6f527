/** Takes over what the database gave columns. */
import type { DriverRow } from "../../driver/driver.ts";
import type { ColumnDefinition } from "../../model/definition.ts";
import type { EntityRecord } from "../../model/entity-record.ts";
import type { Plan } from "../../query/statements.ts";
import { setValue } from "../entity-values.ts";

/** Rows come back in the order in which they were given. */
export function takeReturned(
  entities: readonly EntityRecord[],
  returning: readonly ColumnDefinition[],
  plan: Plan,
  rows: readonly DriverRow[],
): void {
  entities.forEach((entity, index) => {
    const row = rows[index] ?? [];
    returning.forEach((column, place) => {
      const decode = plan.decoders[place];
      const value = row[place];
      setValue(entity, column, decode === undefined || value === null ? value : decode(value));
    });
  });
}
