/** Reads a constraint, the subset of regular expressions that `Constraint` can match in linear time. */
import { LimpidError } from "../errors/index.ts";

/** The UTF-16 code units from `from` to `to`, both included. */
export interface CodeRange {
  from: number;
  to: number;
}

/** One step of a sequence: a code unit of `ranges`, perhaps left out, perhaps repeated. */
export interface Cell {
  ranges: readonly CodeRange[];
  optional: boolean;
  repeated: boolean;
}

/** How often an atom stands: `+` is 1 to infinity. */
interface Quantity {
  minimum: number;
  maximum: number;
}

const LAST_CODE = 0xffff;
const digits: CodeRange[] = [{ from: 0x30, to: 0x39 }];
const wordCharacters: CodeRange[] = [
  { from: 0x30, to: 0x39 },
  { from: 0x41, to: 0x5a },
  { from: 0x5f, to: 0x5f },
  { from: 0x61, to: 0x7a },
];
const spaces: CodeRange[] = [
  { from: 0x09, to: 0x0d },
  { from: 0x20, to: 0x20 },
  { from: 0xa0, to: 0xa0 },
  { from: 0x1680, to: 0x1680 },
  { from: 0x2000, to: 0x200a },
  { from: 0x2028, to: 0x2029 },
  { from: 0x202f, to: 0x202f },
  { from: 0x205f, to: 0x205f },
  { from: 0x3000, to: 0x3000 },
  { from: 0xfeff, to: 0xfeff },
];
const lineEnds: CodeRange[] = [
  { from: 0x0a, to: 0x0a },
  { from: 0x0d, to: 0x0d },
  { from: 0x2028, to: 0x2029 },
];
const classEscapes: Readonly<Record<string, readonly CodeRange[]>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: spaces,
  S: complement(spaces),
};

/** A constraint may describe at most this many steps; `{n,m}` counts as m. */
const maximumCells = 256;

/** The alternatives of a constraint, each a sequence of cells. */
export function parseConstraint(source: string, pattern: string): Cell[][] {
  return new ConstraintReader(source, pattern).read();
}

/** The error for a constraint that is outside the subset. */
export function unsafeConstraint(source: string, pattern: string, found: string): LimpidError {
  return new LimpidError(
    "LMP_ROUTER_CONSTRAINT_UNSAFE",
    `The constraint (${source}) in "${pattern}" cannot be matched safely.`,
    {
      expected: "characters, classes such as [a-z] or \\d, the quantifiers + * ? {n,m} on one of them, and |",
      found,
      fix: "Write a simpler constraint and check the rest in the handler.",
    },
  );
}

class ConstraintReader {
  readonly #source: string;
  readonly #pattern: string;
  #index = 0;
  #cellCount = 0;

  constructor(source: string, pattern: string) {
    this.#source = source;
    this.#pattern = pattern;
  }

  read(): Cell[][] {
    const alternatives: Cell[][] = [];
    do alternatives.push(this.#sequence());
    while (this.#take("|"));
    return alternatives;
  }

  #sequence(): Cell[] {
    const cells: Cell[] = [];
    while (this.#index < this.#source.length && this.#source[this.#index] !== "|") {
      const ranges = this.#atom();
      cells.push(...this.#repeat(ranges, this.#quantity()));
    }
    if (cells.length === 0) throw this.#unsafe("an empty alternative");
    return cells;
  }

  /** `x{2,4}` is `xxx?x?`, and `x{2,}` is `xxx*`: after this there is nothing to count. */
  #repeat(ranges: readonly CodeRange[], { minimum, maximum }: Quantity): Cell[] {
    const endless = maximum === Number.POSITIVE_INFINITY;
    const count = endless ? minimum + 1 : maximum;
    this.#cellCount += count;
    if (this.#cellCount > maximumCells) throw this.#unsafe(`more than ${maximumCells} steps`);
    return Array.from({ length: count }, (_, index) => ({
      ranges,
      optional: index >= minimum,
      repeated: endless && index === minimum,
    }));
  }

  #atom(): readonly CodeRange[] {
    const character = this.#next();
    if (character === "[") return this.#class();
    if (character === "\\") return this.#escape();
    if (character === ".") return complement(lineEnds);
    if (character === "(") throw this.#unsafe("a group");
    if (character === "^" || character === "$") {
      throw this.#unsafe(`the anchor ${character}; a constraint always covers the whole value`);
    }
    if ("+*?{}]".includes(character))
      throw this.#unsafe(`a ${character} without anything to repeat or close`);
    return only(character);
  }

  #escape(): readonly CodeRange[] {
    const character = this.#next();
    const ranges = classEscapes[character];
    if (ranges) return ranges;
    if (/[A-Za-z0-9]/.test(character)) throw this.#unsafe(`the escape \\${character}`);
    return only(character);
  }

  #class(): readonly CodeRange[] {
    const negated = this.#take("^");
    const ranges: CodeRange[] = [];
    while (!this.#take("]")) ranges.push(...this.#classItem());
    if (ranges.length === 0) throw this.#unsafe("an empty class");
    return negated ? complement(ranges) : ranges;
  }

  /** One character, one escape or one range such as `a-z`. A `-` at either end of the class is itself. */
  #classItem(): readonly CodeRange[] {
    const from = this.#classCharacter();
    const after = this.#source[this.#index + 1];
    if (this.#source[this.#index] !== "-" || after === undefined || after === "]") return from;
    this.#index++;
    const to = this.#classCharacter();
    const [first, last] = [from[0]!, to[0]!];
    if (first.from !== first.to || last.from !== last.to || first.from > last.from) {
      throw this.#unsafe("a range whose ends are not two characters in order");
    }
    return [{ from: first.from, to: last.from }];
  }

  #classCharacter(): readonly CodeRange[] {
    const character = this.#next();
    if (character === "\\") return this.#escape();
    // Half of a character above U+FFFF would match half of another.
    if (/[\ud800-\udfff]/.test(character)) throw this.#unsafe("a character above U+FFFF in a class");
    return only(character);
  }

  #quantity(): Quantity {
    const quantity = this.#quantifier();
    const after = this.#source[this.#index];
    if (quantity && after !== undefined && "+*?{".includes(after)) {
      throw this.#unsafe("a quantifier on a quantifier");
    }
    return quantity ?? { minimum: 1, maximum: 1 };
  }

  #quantifier(): Quantity | undefined {
    if (this.#take("+")) return { minimum: 1, maximum: Number.POSITIVE_INFINITY };
    if (this.#take("*")) return { minimum: 0, maximum: Number.POSITIVE_INFINITY };
    if (this.#take("?")) return { minimum: 0, maximum: 1 };
    return this.#take("{") ? this.#count() : undefined;
  }

  /** `n}`, `n,}` or `n,m}`. */
  #count(): Quantity {
    const end = this.#source.indexOf("}", this.#index);
    const text = end === -1 ? "" : this.#source.slice(this.#index, end);
    if (!/^\d{1,3}(,\d{0,3})?$/.test(text)) throw this.#unsafe("a { that is not {n}, {n,} or {n,m}");
    this.#index = end + 1;
    const [minimum, maximum] = text.split(",");
    const least = Number(minimum);
    const most = maximum === undefined ? least : maximum === "" ? Number.POSITIVE_INFINITY : Number(maximum);
    if (most < least || most === 0) throw this.#unsafe(`the count {${text}}`);
    return { minimum: least, maximum: most };
  }

  #next(): string {
    const character = this.#source[this.#index++];
    if (character === undefined) throw this.#unsafe("an end in the middle of a class or an escape");
    return character;
  }

  #take(character: string): boolean {
    if (this.#source[this.#index] !== character) return false;
    this.#index++;
    return true;
  }

  #unsafe(found: string): LimpidError {
    return unsafeConstraint(this.#source, this.#pattern, found);
  }
}

function only(character: string): CodeRange[] {
  const code = character.charCodeAt(0);
  return [{ from: code, to: code }];
}

/** The code units that are in none of the ranges. */
function complement(ranges: readonly CodeRange[]): CodeRange[] {
  const gaps: CodeRange[] = [];
  let from = 0;
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    if (range.from > from) gaps.push({ from, to: range.from - 1 });
    from = Math.max(from, range.to + 1);
  }
  if (from <= LAST_CODE) gaps.push({ from, to: LAST_CODE });
  return gaps;
}
