/** A model and the table that links it with people. */
import { boolean, integer, model, varchar } from "limpid/orm";

export const Badge = model("badges", { id: integer().primaryKey(), label: varchar(20) });

export const Wearing = model("wearings", {
  personId: integer().primaryKey(),
  badgeId: integer().primaryKey(),
  proudly: boolean().default(true),
});
