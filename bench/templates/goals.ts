/** What the project has set out to reach, checked against the figures. */

/** A ratio that is to be reached: `limpid` to `reference` in `figure`, at most `most`. */
export interface Goal {
  readonly figure: string;
  readonly reference: string;
  readonly most: number;
}

/** The goals for Limpid with escaping by context. */
export const goals: readonly Goal[] = [
  { figure: "table-20, written", reference: "hand-written", most: 1.25 },
  { figure: "table-20, written", reference: "eta", most: 0.65 },
  { figure: "table-1000, written", reference: "hand-written", most: 1.2 },
  { figure: "table-1000, written", reference: "eta", most: 1 },
  { figure: "page, written", reference: "nunjucks", most: 0.5 },
  { figure: "compile", reference: "nunjucks", most: 1 },
];
