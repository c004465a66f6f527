/**
 * Reads what a props comment declares, without a parser of types: the members on the first level, and the names that
 * have to come from the module. What is wrong in it is left for TypeScript to say.
 */

/** A props comment as the check needs it. */
export interface Declaration {
  /** As written, braces included. */
  readonly text: string;
  readonly module: string | undefined;
  readonly members: readonly Member[];
  /** The names of types that the module has to export, each with the offsets in `text` where it stands. */
  readonly types: ReadonlyMap<string, readonly number[]>;
}

/** One of the props. */
export interface Member {
  readonly name: string;
  readonly optional: boolean;
  /** Where it begins and ends in the text of the declaration. */
  readonly start: number;
  readonly end: number;
}

interface Token {
  readonly text: string;
  readonly at: number;
  /** Whether it is the first of its line. */
  readonly first: boolean;
}

const tokens =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|[\p{ID_Start}$_][\p{ID_Continue}$]*|=>|\d[\w.]*|\S/gu;
const identifier = /^[\p{ID_Start}$_]/u;

/** Words of the type language, and the types that TypeScript and JavaScript bring along. */
const own = new Set(
  (
    "any asserts assert bigint boolean extends false in infer instanceof is keyof never new null number object out readonly string " +
    "symbol this true typeof undefined unique unknown void import abstract Array ArrayBuffer AsyncGenerator AsyncIterable " +
    "AsyncIterator Awaited BigInt Boolean Buffer Capitalize Date Error Exclude Extract Function Generator Intl Iterable " +
    "IterableIterator Iterator Lowercase Map NoInfer NonNullable Number Object Omit Parameters Partial Pick Promise " +
    "PromiseLike Readonly ReadonlyArray ReadonlyMap ReadonlySet Record RegExp Required ReturnType Set String Symbol " +
    "Temporal URL URLSearchParams Uint8Array Uncapitalize Uppercase WeakMap WeakSet globalThis"
  ).split(" "),
);

export function readDeclaration(text: string, module: string | undefined): Declaration {
  const words: Token[] = [];
  let behind = 0;
  for (const { 0: word, index: at } of text.matchAll(tokens)) {
    if (/^\/[/*]/.test(word)) continue;
    words.push({ text: word, at, first: text.slice(behind, at).includes("\n") });
    behind = at + word.length;
  }
  return {
    text,
    module,
    members: membersOf(words),
    types: module === undefined ? new Map() : typesOf(words),
  };
}

function membersOf(words: readonly Token[]): Member[] {
  const members: Member[] = [];
  let depth = 0;
  let begin = -1;
  const close = (last: number): void => {
    const member = begin < 0 ? undefined : memberOf(words.slice(begin, last));
    if (member !== undefined) members.push(member);
    begin = -1;
  };
  for (const [index, { text }] of words.entries()) {
    const before = depth;
    if (/^[{([<]$/.test(text)) depth++;
    else if (/^[})\]>]$/.test(text)) depth--;
    if (before === 0) continue;
    if (depth === 0 || (before === 1 && /^[;,]$/.test(text))) {
      close(index);
      continue;
    }
    if (before === 1 && begin >= 0 && beginsAfterNewline(words, index)) close(index);
    if (begin < 0) begin = index;
  }
  return members;
}

/** Members may be separated by a newline alone: what stands there is a name with `:`, `?` or `(` behind it. */
function beginsAfterNewline(words: readonly Token[], index: number): boolean {
  const word = words[index];
  if (word === undefined || !word.first || !isName(word.text)) return false;
  if (/^(?:[?:|&=<]|=>|readonly)$/.test(words[index - 1]?.text ?? "")) return false;
  return word.text === "readonly" || /^[?:(<]$/.test(words[index + 1]?.text ?? "");
}

function memberOf(words: readonly Token[]): Member | undefined {
  const [first, second] = words;
  const key = first?.text === "readonly" && isName(second?.text ?? "") ? second : first;
  const last = words.at(-1);
  if (first === undefined || key === undefined || last === undefined || !isName(key.text)) return undefined;
  const optional = words[words.indexOf(key) + 1]?.text === "?";
  const name = identifier.test(key.text) ? key.text : key.text.slice(1, -1);
  return { name, optional, start: first.at, end: last.at + last.text.length };
}

function isName(word: string): boolean {
  return identifier.test(word) || word.startsWith('"') || word.startsWith("'");
}

function typesOf(words: readonly Token[]): Map<string, number[]> {
  const types = new Map<string, number[]>();
  const bound = boundNames(words);
  words.forEach(({ text, at }, index) => {
    if (!identifier.test(text) || own.has(text) || bound.has(text)) return;
    const previous = words[index - 1]?.text;
    if (previous === "." || isKey(words, index)) return;
    types.set(text, [...(types.get(text) ?? []), at]);
  });
  return types;
}

/** `name:`, `name?:` and `name(`, but not the `B` of `A ? B : C`. */
function isKey(words: readonly Token[], index: number): boolean {
  const next = words[index + 1]?.text;
  if (words[index - 1]?.text === "?") return false;
  return next === ":" || next === "(" || (next === "?" && words[index + 2]?.text === ":");
}

/** The `K` of `[K in Keys]` and the `T` of `infer T`. */
function boundNames(words: readonly Token[]): Set<string> {
  return new Set(
    words
      .filter((_, index) => words[index + 1]?.text === "in" || words[index - 1]?.text === "infer")
      .map(({ text }) => text),
  );
}
