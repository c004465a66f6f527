/** Runs a migration step by step where no transaction can hold it, and goes on where an earlier run was interrupted. */
import { LimpidError } from "../../errors/index.ts";
import { deleteHistory, type HistoryEntry, writeHistory } from "./history.ts";
import { LossGuard } from "./loss-guard.ts";
import type { MigrationRun } from "./migration-run.ts";
import type { Step, Way } from "./migration-steps.ts";
import { HISTORY } from "./plain-sql.ts";
import { failedStep, transaction, watchedOf } from "./run-in-transaction.ts";
import { dropInvalidIndexes, schemaFingerprint } from "./schema-fingerprint.ts";
import { type StepSafety, stepSafety } from "./step-safety.ts";

/**
 * Runs the steps that are not done yet and writes each down. Throws `LMP_ORM_MIGRATION_FAILED`,
 * `LMP_ORM_MIGRATION_DATA_LOSS`, and `LMP_ORM_MIGRATION_INTERRUPTED` where nobody can know whether a step ran.
 */
export async function runStepwise(run: MigrationRun, way: Way, begun: HistoryEntry): Promise<void> {
  const guard = await LossGuard.open(run, watchedOf({ ...way, steps: way.steps.slice(begun.stepsDone) }));
  const stepper = new Stepper(run, way, begun, guard);
  if (begun.stepsDone === 0) await assertGuards(run, way);
  await stepper.begin();
  for (const step of way.steps.slice(begun.stepsDone)) await stepper.next(step);
  if (way.direction === "up") await stepper.finish();
  else await deleteHistory(run, begun.hash);
}

/** Guards are asked before anything is done that cannot be undone; those of what is yet to be made cannot be asked. */
async function assertGuards(run: MigrationRun, { steps }: Way): Promise<void> {
  for (const step of steps) {
    if (step.statement?.guard === undefined) continue;
    try {
      await step.run(run);
    } catch (error) {
      if (error instanceof LimpidError) throw error;
    }
  }
}

class Stepper {
  readonly #run: MigrationRun;
  readonly #way: Way;
  readonly #guard: LossGuard;
  #entry: HistoryEntry;

  constructor(run: MigrationRun, way: Way, entry: HistoryEntry, guard: LossGuard) {
    this.#run = run;
    this.#way = way;
    this.#entry = entry;
    this.#guard = guard;
  }

  /** The entry is there before the first step; one whose content has changed since takes the place of the old one. */
  async begin(): Promise<void> {
    const { hash } = this.#way.migration;
    const old = this.#entry.hash;
    this.#entry = { ...this.#entry, hash };
    await transaction(this.#run, () => writeHistory(this.#run, this.#entry, old));
  }

  finish(): Promise<void> {
    return this.#writeAlone({ finished: true, stateBefore: undefined });
  }

  /** In a transaction: an entry is replaced by a DELETE and an INSERT, and neither must be seen without the other. */
  #writeAlone(change: Partial<HistoryEntry>): Promise<void> {
    return transaction(this.#run, () => this.#write(change));
  }

  async #write(change: Partial<HistoryEntry>): Promise<void> {
    this.#entry = { ...this.#entry, ...change };
    await writeHistory(this.#run, this.#entry);
  }

  async next(step: Step): Promise<void> {
    const { name } = this.#way.migration;
    await this.#run.lock.renew();
    const safety = this.#safety(step);
    if (this.#entry.stepStarted >= step.number && (await this.#hasRun(step, safety))) {
      await transaction(this.#run, () => this.#done(step));
      return;
    }
    await this.#run.tell({ kind: "step", name, step: step.number, sql: step.sql });
    if (safety === "atomic") await this.#runAtomic(step);
    else await this.#runLoose(step, safety);
    await this.#run.tell({ kind: "stepped", name, step: step.number, sql: step.sql });
  }

  #safety(step: Step): StepSafety {
    return step.statement === undefined ? "schema" : stepSafety(step.statement.sql, this.#run.dialect.name);
  }

  /** The step and the note of it in one transaction. */
  async #runAtomic(step: Step): Promise<void> {
    await transaction(this.#run, async () => {
      await this.#guard.recount();
      await this.#execute(step);
      await this.#guard.check();
      await this.#done(step);
    });
  }

  /** A function of a module may do both: its data is in a transaction, and the schema tells of the rest. */
  async #runLoose(step: Step, safety: StepSafety): Promise<void> {
    await dropInvalidIndexes(this.#run, step.sql);
    const stateBefore = safety === "schema" ? await schemaFingerprint(this.#run) : undefined;
    await this.#writeAlone({ stepStarted: step.number, stateBefore });
    if (step.statement === undefined) return this.#runAtomic(step);
    try {
      await this.#execute(step);
    } catch (error) {
      await this.#refused(step);
      throw error;
    }
    await transaction(this.#run, () => this.#done(step));
    await this.#guard.check(step.sql);
  }

  /** The database said no, so the step did not run. Where the connection broke nobody knows, and the note stays. */
  async #refused(step: Step): Promise<void> {
    try {
      await this.#writeAlone({ stepStarted: step.number - 1 });
    } catch {
      // What the statement itself failed with is what the caller should hear of.
    }
  }

  async #execute(step: Step): Promise<void> {
    try {
      await step.run(this.#run);
    } catch (error) {
      const done = step.number - 1;
      const kept = done === 0 ? "Nothing before it ran." : `What ran before it stays: steps 1 to ${done}.`;
      throw failedStep(this.#way, step, error, `${kept} The next run goes on with step ${step.number}.`);
    }
    this.#guard.ran(step.statement?.sql ?? "");
  }

  async #done(step: Step): Promise<void> {
    await this.#write({
      stepsDone: step.number,
      stepStarted: step.number,
      checksums: [...this.#entry.checksums, step.checksum],
      stateBefore: undefined,
    });
  }

  /** Whether a step that was begun, and of which nobody noted the end, has run. */
  async #hasRun(step: Step, safety: StepSafety): Promise<boolean> {
    if (safety === "atomic" || safety === "repeatable") return false;
    if (safety === "unknown") throw interrupted(this.#way, step);
    await dropInvalidIndexes(this.#run, step.sql);
    const unchanged = (await schemaFingerprint(this.#run)) === this.#entry.stateBefore;
    // Whoever changes the schema in a function may have changed half of it.
    if (!unchanged && step.statement === undefined) throw interrupted(this.#way, step);
    return !unchanged;
  }
}

function interrupted({ migration: { name, hash } }: Way, step: Step): LimpidError {
  const record = `UPDATE ${HISTORY} SET step_started = ${step.number - 1} WHERE hash = '${hash}'`;
  return new LimpidError(
    "LMP_ORM_MIGRATION_INTERRUPTED",
    `${name} was interrupted in step ${step.number}, and the database cannot tell whether the step ran.`,
    {
      expected: "a step that ran, or one that did not",
      found: step.sql.replace(/\s+/g, " ").slice(0, 100),
      fix: `Undo by hand what the step did, if it did anything, then say so: ${record}; then run the command again.`,
    },
  );
}
