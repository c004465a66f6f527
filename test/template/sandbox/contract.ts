/** What the compiled engine and the sandbox agree on: a template, and what becomes of it. */

/** What a template gives: its text, or the code of an error. */
export type Outcome = string | { readonly code: string };

/** The last one is the outcome in strict mode, where that is another. */
export type Case = readonly [source: string, outcome: Outcome, strict?: Outcome];
