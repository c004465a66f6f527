/** What will run for a request, in order, and why: an answer for people and for programs. */

/** One thing that runs. */
export interface Step {
  readonly kind: "middleware" | "routing" | "validation" | "handler" | "error";
  readonly name: string;
  readonly why: string;
}

/** What will run for a request. Printed, it is a list of lines. */
export class Explanation {
  readonly method: string;
  readonly path: string;
  /** The pattern of the route, where there is one. */
  readonly pattern: string | undefined;
  readonly steps: readonly Step[];

  constructor(method: string, path: string, pattern: string | undefined, steps: readonly Step[]) {
    this.method = method;
    this.path = path;
    this.pattern = pattern;
    this.steps = steps;
  }

  toString(): string {
    const width = Math.max(...this.steps.map((step) => step.name.length));
    const lines = this.steps.map(
      (step, index) => `  ${index + 1}. ${step.kind.padEnd(10)} ${step.name.padEnd(width)}  ${step.why}`,
    );
    return [`${this.method} ${this.path}`, ...lines].join("\n");
  }
}
