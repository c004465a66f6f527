/** Runs a schema once, at once where it can; `validate` and `check` are its two faces. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type Issue, LimpidError, ValidationError } from "../errors/index.ts";
import { issuePath } from "./issue-path.ts";
import { checkBegin, checkEnd } from "./moments.ts";
import { standardOf } from "./standard-schema.ts";

/** What the schema made of the value, or why it did not. */
export type Finding<Output> =
  | { readonly error: undefined; readonly value: Output }
  | { readonly error: ValidationError };

/** Runs the schema. The finding is there at once where the schema is synchronous, and a promise where it is not. */
export function examine<Output>(
  schema: StandardSchemaV1<unknown, Output>,
  value: unknown,
): Finding<Output> | Promise<Finding<Output>> {
  const { vendor, validate } = standardOf(schema);
  if (checkBegin.active) checkBegin.announce({ schema, vendor });
  const end = (issues: number): void => {
    if (checkEnd.active) checkEnd.announce({ schema, vendor, issues });
  };
  const failed = (cause: unknown): never => {
    end(-1);
    throw schemaFailed(vendor, cause);
  };
  const finish = (result: unknown): Finding<Output> => {
    const finding = findingOf<Output>(result);
    if (finding === undefined)
      return failed(new TypeError("The schema returned neither a value nor issues."));
    end(finding.error?.issues.length ?? 0);
    return finding;
  };
  let result: unknown;
  try {
    result = validate(value);
  } catch (cause) {
    return failed(cause);
  }
  return isThenable(result) ? Promise.resolve(result).then(finish, failed) : finish(result);
}

function findingOf<Output>(result: unknown): Finding<Output> | undefined {
  if (typeof result !== "object" || result === null) return undefined;
  const { issues } = result as StandardSchemaV1.Result<Output>;
  if (issues === undefined) return { error: undefined, value: (result as { value: Output }).value };
  return Array.isArray(issues) ? { error: new ValidationError(issues.map(toIssue)) } : undefined;
}

function toIssue(issue: StandardSchemaV1.Issue): Issue {
  return { path: issuePath(issue.path), message: issue.message };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** A schema that throws is the application's mistake, not the client's, and therefore a 500. */
function schemaFailed(vendor: string, cause: unknown): LimpidError {
  return new LimpidError(
    "LMP_VALIDATION_SCHEMA_FAILED",
    `A schema of ${vendor} failed while it checked a value.`,
    {
      expected: "a value or a list of issues",
      found: cause instanceof Error ? cause.message : String(cause),
      fix: "Let the schema report an issue where it now throws; the cause has the place.",
      cause,
    },
  );
}
