/** A form as it comes back to the browser: what was typed, and what is wrong about it. */

/** What was typed into a form, by field name; for a file what it is called. */
export type Typed = Readonly<Record<string, string>>;
/** What is wrong with it, by field name. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

export interface FormState {
  readonly typed: Typed;
  readonly errors: FieldErrors;
}

export const untouched: FormState = { typed: {}, errors: {} };
