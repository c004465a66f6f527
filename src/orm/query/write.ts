/** What inserts, updates and deletes have in common: they run when they are awaited. */
import type { DriverRow } from "../driver/driver.ts";
import { isUnnamedReference, referenceNamed, writtenValues } from "../failure/missing-reference.ts";
import type { Executor } from "./executor.ts";
import type { DeleteNode, InsertNode, UpdateNode } from "./nodes.ts";
import type { SqlText } from "./results.ts";
import { settled, then } from "./settled.ts";
import type { Parameters, Plan } from "./statements.ts";

/** A statement that writes. Stands where a promise does, but runs when it is awaited, and again at each `await`. */
export abstract class Write<Result> implements Promise<Result> {
  readonly executor: Executor;
  /** What the rows of RETURNING become; without, the number of rows is given. */
  protected readonly makes: ((rows: readonly DriverRow[], plan: Plan) => unknown) | undefined;

  constructor(executor: Executor, makes: ((rows: readonly DriverRow[], plan: Plan) => unknown) | undefined) {
    this.executor = executor;
    this.makes = makes;
  }

  get [Symbol.toStringTag](): string {
    return this.constructor.name;
  }

  abstract get node(): InsertNode | UpdateNode | DeleteNode;

  /** Runs the statement. */
  run(): Promise<Result> {
    return settled(() => this.#worked()) as Promise<Result>;
  }

  then<Fulfilled = Result, Rejected = never>(
    fulfilled?: ((value: Result) => Fulfilled | PromiseLike<Fulfilled>) | null,
    rejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.run().then(fulfilled, rejected);
  }

  catch<Rejected = never>(
    rejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Result | Rejected> {
    return this.run().catch(rejected);
  }

  finally(done?: (() => void) | null): Promise<Result> {
    return this.run().finally(done);
  }

  /** The statement as it goes to the driver. Nothing is run. */
  sql(): SqlText {
    const parameters: Parameters = [];
    const plan = this.executor.statements.plan(this.node, parameters);
    return { sql: plan.statement.sql, parameters: this.executor.statements.bind(plan, parameters) };
  }

  /** The work, of which a broken reference has its column. */
  #worked(): unknown {
    try {
      const done = this.work();
      const isNamed = this.executor.statements.dialect.name !== "sqlite";
      return isNamed || !(done instanceof Promise)
        ? done
        : done.catch((error: unknown) => this.#failed(error));
    } catch (error) {
      return this.#failed(error);
    }
  }

  async #failed(error: unknown): Promise<never> {
    const { executor, node } = this;
    if (!isUnnamedReference(error) || node.kind === "delete") throw error;
    throw await referenceNamed(error, node.table, writtenValues(node), (query) => {
      const parameters: Parameters = [];
      const plan = executor.statements.plan(query, parameters);
      return executor.row(query, plan, executor.statements.bind(plan, parameters));
    });
  }

  /** Runs the statement, at once where the driver can. */
  protected work(): unknown {
    return this.sent(this.node);
  }

  protected sent(node: InsertNode | UpdateNode | DeleteNode): unknown {
    const { executor, makes } = this;
    const parameters: Parameters = [];
    const plan = executor.statements.plan(node, parameters);
    const values = executor.statements.bind(plan, parameters);
    if (makes !== undefined) return then(executor.rows(node, plan, values), (rows) => makes(rows, plan));
    return then(executor.write(node, plan, values), ({ changes }) => changes);
  }
}
