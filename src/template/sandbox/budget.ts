/** What one rendering in the sandbox has used up, and the errors for when that is too much. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { isPlain } from "../values/kind.ts";
import type { Limits } from "./limits.ts";

/** Steps between two looks at the clock. */
const BETWEEN_LOOKS = 1000;

/** Characters that operators put together for one step. */
const PUT_TOGETHER = 32;

/** Characters that filters and methods, the slowest of them, go through for one step. */
const GONE_THROUGH = 2;

/** Comparisons of characters that a search makes for one step, at the speed of the searches of JavaScript engines. */
const SEARCHED = 8192;

/**
 * Expressions, statements and calls inside one another, all together. Each takes up to 1 KB of JavaScript's stack, of
 * which there is about 1 MB, and what renders a template has used some of it already.
 */
const MOST_LEVELS = 700;

export class Budget {
  readonly #limits: Limits;
  readonly #start = performance.now();
  /** Lists and objects that were charged for when they were made. */
  readonly #made = new WeakSet<object>();
  #steps = 0;
  #looked = 0;
  #written = 0;
  #calls = 0;
  #levels = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** One more expression or statement, inside those that are running; `rise` comes back. */
  descend(): void {
    this.charge(1);
    this.#deeper();
  }

  rise(): void {
    this.#levels -= 1;
  }

  charge(steps: number): void {
    this.#steps += steps;
    const { steps: most } = this.#limits;
    if (this.#steps > most)
      throw used("steps", `The template takes more than ${most} steps.`, `at most ${most} steps`);
    if (this.#steps - this.#looked > BETWEEN_LOOKS) this.look();
  }

  /** A text that operators put together. */
  chargeText(length: number): void {
    if (length >= PUT_TOGETHER) this.charge(Math.floor(length / PUT_TOGETHER));
  }

  /** A text that is gone through, character by character. */
  chargeReading(length: number): void {
    if (length >= GONE_THROUGH) this.charge(Math.floor(length / GONE_THROUGH));
  }

  /** A search for one text in another, which can compare each character of both. */
  chargeSearch(length: number, sought: number): void {
    const compared = length * sought;
    if (compared >= SEARCHED) this.charge(Math.floor(compared / SEARCHED));
  }

  /** A value that an operator, a filter or a function has made. */
  chargeMade(value: unknown): void {
    if (typeof value === "string") this.chargeText(value.length);
    else if (typeof value === "object" && value !== null) this.#chargeObject(value);
  }

  /** Text that is written. */
  write(length: number): void {
    this.#written += length;
    const { output } = this.#limits;
    if (this.#written <= output) return;
    throw used(
      "output",
      `The template writes more than ${output} characters.`,
      `at most ${output} characters`,
    );
  }

  /** Goes one call deeper; `leave` comes back. */
  enter(): void {
    this.look();
    this.#deeper();
    const { depth } = this.#limits;
    if (++this.#calls > depth) throw tooDeep(`at depth ${this.#calls}`, `at most ${depth}`);
  }

  leave(): void {
    this.#calls -= 1;
    this.#levels -= 1;
  }

  #deeper(): void {
    if (++this.#levels > MOST_LEVELS) {
      throw tooDeep(`more than ${MOST_LEVELS} tags, expressions and calls inside one another`);
    }
  }

  /** Looks at the clock, as after everything that is not counted in steps. */
  look(): void {
    this.#looked = this.#steps;
    const { time } = this.#limits;
    if (performance.now() - this.#start <= time) return;
    throw used("time", `The template takes longer than ${time} ms.`, `at most ${time} ms`);
  }

  #chargeObject(value: object): void {
    if (value instanceof Html) {
      this.chargeText(value.markup.length);
      return;
    }
    if (this.#made.has(value)) return;
    const size = sizeOf(value);
    if (size === 0) return;
    this.#made.add(value);
    this.charge(size);
  }
}

function sizeOf(value: object): number {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map || value instanceof Set) return value.size;
  return isPlain(value) ? Object.keys(value).length : 0;
}

/** The error for calls or tags that stand too deep inside one another. */
export function tooDeep(
  found: string,
  expected = "a recursion that comes to an end",
  cause?: unknown,
): TemplateError {
  return new TemplateError("LMP_TEMPLATE_DEPTH", "The template goes too deep.", {
    expected,
    found,
    fix: "Look for a macro, an include or a loop that calls itself in every round.",
    cause,
  });
}

/** The error for a single value that would become too large. */
export function tooLarge(sentence: string, expected?: string, cause?: unknown): TemplateError {
  return new TemplateError("LMP_TEMPLATE_LIMIT", sentence, {
    expected,
    fix: "Let the template make less.",
    cause,
  });
}

function used(limit: keyof Limits, sentence: string, expected: string): TemplateError {
  return new TemplateError("LMP_TEMPLATE_LIMIT", sentence, {
    expected,
    found: "more",
    fix: `Let the template do less, or raise \`limits.${limit}\` of the sandbox.`,
  });
}
