/** Broken constraints as errors that know the model and the field: beside an input of a form, or a 422 document. */
import { type Code, ValidationError } from "../../errors/index.ts";

/** Where a constraint was broken, as far as the database tells. */
export interface Violation {
  readonly table: string | undefined;
  /** The properties of the model whose columns the constraint covers. */
  readonly columns: readonly string[];
  /** The name of the constraint. */
  readonly constraint: string | undefined;
  readonly cause: unknown;
}

interface Wording {
  readonly code: Code;
  readonly sentence: string;
  /** What stands beside the input. */
  readonly issue: string;
  readonly expected: string;
  readonly fix: string;
}

/** A constraint of the database was broken: 422, with an issue for the field that it concerns. */
export abstract class ConstraintViolation extends ValidationError {
  readonly table: string | undefined;
  /** The properties of the model that the constraint covers; empty where the database does not tell. */
  readonly columns: readonly string[];
  /** The name of the constraint, where the database tells it. */
  readonly constraint: string | undefined;

  constructor({ table, columns, constraint, cause }: Violation, wording: Wording) {
    const { code, expected, fix } = wording;
    const found = [table, columns.join(", ") || constraint].filter(Boolean).join(": ");
    // A key of several columns is shown beside the last of them: one post has no two pages with the same name.
    super([{ path: columns.slice(-1), message: wording.issue }], wording.sentence, {
      code,
      expected,
      found,
      fix,
      cause,
    });
    this.table = table;
    this.columns = columns;
    this.constraint = constraint;
  }
}

/** Another row has the value that must be unique. */
export class UniqueViolation extends ConstraintViolation {
  constructor(violation: Violation) {
    super(violation, {
      code: "LMP_ORM_UNIQUE_VIOLATION",
      sentence: "Another row has this value already.",
      issue: "This is taken already.",
      expected: "a value that no other row has",
      fix: "Choose another value, or write with onConflictUpdate().",
    });
  }
}

/** The row that is referred to is not there, or one that is to go is referred to. */
export class ForeignKeyViolation extends ConstraintViolation {
  constructor(violation: Violation) {
    super(violation, {
      code: "LMP_ORM_FOREIGN_KEY_VIOLATION",
      sentence: "A row refers to one that is not there, or is itself still referred to.",
      issue: violation.columns.length > 0 ? "There is no such entry." : "Something still refers to this.",
      expected: "a row at both ends of the reference",
      fix: "Write the row that is referred to first; delete what refers to a row first, or declare onDelete.",
    });
  }
}

/** A column that must have a value has none. */
export class NotNullViolation extends ConstraintViolation {
  constructor(violation: Violation) {
    super(violation, {
      code: "LMP_ORM_NOT_NULL_VIOLATION",
      sentence: "A column that must have a value has none.",
      issue: "This is required.",
      expected: "a value",
      fix: "Give the column a value or a default, or declare it nullable().",
    });
  }
}

/** A row breaks a check of its table. */
export class CheckViolation extends ConstraintViolation {
  constructor(violation: Violation) {
    super(violation, {
      code: "LMP_ORM_CHECK_VIOLATION",
      sentence: "A row breaks a check of its table.",
      issue: "This value is not permitted.",
      expected: "values for which the check holds",
      fix: "Validate the value before it is written.",
    });
  }
}
