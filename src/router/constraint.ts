/** A constraint on a parameter, compiled to a table that takes one step a character and never goes back. */
import { type Cell, parseConstraint, unsafeConstraint } from "./constraint-syntax.ts";

const DEAD = 0;
const START = 1;
const ASCII = 128;
const maximumStates = 512;
const maximumClasses = 128;

/**
 * A deterministic finite automaton over UTF-16 code units. The code units fall into classes between which the
 * constraint does not distinguish, so the table has a column for each class and a row for each state.
 */
export class Constraint {
  /** As it was written, without its parentheses. */
  readonly source: string;
  readonly #asciiClasses = new Uint8Array(ASCII);
  /** The first code unit of each class, in order. */
  readonly #classStarts: readonly number[];
  readonly #table: Uint16Array;
  readonly #accepting: Uint8Array;

  /** @throws LimpidError `LMP_ROUTER_CONSTRAINT_UNSAFE` for anything outside the subset. */
  constructor(source: string, pattern: string) {
    this.source = source;
    const cells = parseConstraint(source, pattern);
    const starts = classStarts(cells.flat());
    this.#classStarts = starts;
    if (starts.length > maximumClasses) throw unsafeConstraint(source, pattern, "too many different ranges");
    for (let code = 0; code < ASCII; code++) this.#asciiClasses[code] = this.#wideClass(code);
    const rows = determinise(cells, starts);
    if (rows === undefined) {
      throw unsafeConstraint(source, pattern, `repetitions that need more than ${maximumStates} states`);
    }
    this.#table = new Uint16Array(rows.length * starts.length);
    this.#accepting = new Uint8Array(rows.length);
    rows.forEach((row, state) => {
      this.#table.set(row.next, state * starts.length);
      this.#accepting[state] = row.accepting ? 1 : 0;
    });
  }

  /** Whether `text` from `start` to `end` (excluded) satisfies the constraint as a whole. */
  accepts(text: string, start: number, end: number): boolean {
    const columns = this.#classStarts.length;
    let state = START;
    for (let index = start; index < end; index++) {
      const code = text.charCodeAt(index);
      const column = code < ASCII ? this.#asciiClasses[code]! : this.#wideClass(code);
      state = this.#table[state * columns + column]!;
      if (state === DEAD) return false;
    }
    return this.#accepting[state] === 1;
  }

  #wideClass(code: number): number {
    let index = this.#classStarts.length - 1;
    while (this.#classStarts[index]! > code) index--;
    return index;
  }
}

/** Where a class of code units begins: at 0, at the begin of each range and behind its end. */
function classStarts(cells: readonly Cell[]): number[] {
  const starts = new Set([0]);
  for (const { ranges } of cells) {
    for (const { from, to } of ranges) {
      starts.add(from);
      if (to < 0xffff) starts.add(to + 1);
    }
  }
  return [...starts].sort((a, b) => a - b);
}

interface Row {
  next: number[];
  accepting: boolean;
}

/** The subset construction; undefined where it needs too many states. A position counts through all cells. */
function determinise(alternatives: Cell[][], starts: readonly number[]): Row[] | undefined {
  // A cell of no ranges ends each alternative: nobody passes it, and to stand before it is to have matched.
  const cells = alternatives.flatMap((sequence) => [...sequence, undefined]);
  const beginnings = alternatives.map((_, index) => alternatives.slice(0, index).flat().length + index);
  const rows: Row[] = [{ next: starts.map(() => DEAD), accepting: false }];
  const stateOf = new Map<string, number>([["", DEAD]]);
  const pending: number[][] = [];
  const state = (positions: number[]): number => {
    const closed = closure(cells, positions);
    const key = closed.join();
    const known = stateOf.get(key);
    if (known !== undefined) return known;
    stateOf.set(key, stateOf.size);
    pending.push(closed);
    return stateOf.size - 1;
  };
  state(beginnings);
  for (let positions = pending.shift(); positions; positions = pending.shift()) {
    if (stateOf.size > maximumStates) return undefined;
    const from = positions;
    rows.push({
      next: starts.map((code) => state(step(cells, from, code))),
      accepting: from.some((position) => cells[position] === undefined),
    });
  }
  return rows;
}

type Position = Cell | undefined;

/** The positions reached by leaving out optional cells, in order. */
function closure(cells: readonly Position[], positions: readonly number[]): number[] {
  const reached = new Set<number>();
  for (let position of positions) {
    reached.add(position);
    while (cells[position]?.optional) reached.add(++position);
  }
  return [...reached].sort((a, b) => a - b);
}

/** The positions reached by one code unit of the class that begins at `code`. */
function step(cells: readonly Position[], positions: readonly number[], code: number): number[] {
  const reached: number[] = [];
  for (const position of positions) {
    const cell = cells[position];
    if (!cell?.ranges.some(({ from, to }) => from <= code && code <= to)) continue;
    reached.push(cell.repeated ? position : position + 1);
  }
  return reached;
}
