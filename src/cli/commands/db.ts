/** `limpid db`: the schema of a database, its migrations, and its first rows. */
import type { CommandGroup } from "../command.ts";
import { baseline } from "./db/baseline.ts";
import { diff } from "./db/diff.ts";
import { migrate } from "./db/migrate.ts";
import { plan } from "./db/plan.ts";
import { reset } from "./db/reset.ts";
import { rollback } from "./db/rollback.ts";
import { seed } from "./db/seed.ts";
import { dbStatus } from "./db/status.ts";

export const db: CommandGroup = {
  name: "db",
  summary: "Write, run and undo the migrations of a database.",
  commands: [diff, migrate, rollback, dbStatus, plan, baseline, reset, seed],
};
