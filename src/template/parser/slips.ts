/** What people who know JavaScript, Python or another template language write by habit, and how it is spelled here. */
import type { Place } from "./place.ts";

export interface SlipFound {
  readonly at: number;
  readonly sentence: string;
  readonly fix: string;
}

/** Words between two values that are operators elsewhere. */
const words: ReadonlyMap<string, readonly [instead: string, example: string]> = new Map([
  ["eq", ["==", "a == b"]],
  ["ne", ["!=", "a != b"]],
  ["lt", ["<", "a < b"]],
  ["gt", [">", "a > b"]],
  ["le", ["<=", "a <= b"]],
  ["ge", [">=", "a >= b"]],
  ["mod", ["%", "a % b"]],
  ["contains", ["in", "b in a"]],
  ["instanceof", ["is", "a is mapping"]],
  ["unless", ["if not", "a if not b"]],
  ["xor", ["!=", "a != b"]],
  ["AND", ["and", "a and b"]],
  ["And", ["and", "a and b"]],
  ["OR", ["or", "a or b"]],
  ["Or", ["or", "a or b"]],
  ["IN", ["in", "a in b"]],
  ["IS", ["is", "a is defined"]],
]);

/** Words before a value that are operators elsewhere. */
const prefixes: ReadonlyMap<string, string> = new Map([
  ["new", "Make the object outside of the template and hand it in."],
  ["typeof", "Ask with a test: `value is string`, `value is number`."],
  ["await", "Leave it out: a template that is rendered asynchronously waits by itself."],
  ["void", "Leave it out."],
  ["lambda", "Use a filter such as `map`, `select` or `sort`, or a macro."],
  ["delete", "Prepare the data outside of the template."],
  ["NOT", "Write `not a`."],
  ["Not", "Write `not a`."],
]);

/** Spellings that begin or end at the token that could not be read. */
const spellings: ReadonlyMap<string, readonly [sentence: string, fix: string]> = new Map([
  ["===", ["`===` is not an operator here; write `==`.", "Write `a == b`."]],
  ["!==", ["`!==` is not an operator here; write `!=`.", "Write `a != b`."]],
  ["||", ["`||` is not an operator here; write `or`.", "Write `a or b`."]],
  ["=>", ["`=>` is not an operator here: a template cannot write functions.", "Use a filter or a macro."]],
  ["->", ["`->` is not an operator here; write `.`.", "Write `a.b`."]],
  ["::", ["`::` is not an operator here; write `.`.", "Write `a.b`."]],
  ["<>", ["`<>` is not an operator here; write `!=`.", "Write `a != b`."]],
  [
    "...",
    ["`...` is not an operator here.", "Spread a list into a call as `f(*list)`, a dict as `f(**dict)`."],
  ],
  ["++", ["`++` is not an operator here.", "Write `{% set i = i + 1 %}`."]],
  ["--", ["`--` is not an operator here.", "Write `{% set i = i - 1 %}`."]],
  ["+=", ["`+=` is not an operator here.", "Write `{% set i = i + 1 %}`."]],
  ["-=", ["`-=` is not an operator here.", "Write `{% set i = i - 1 %}`."]],
  ["~=", ["`~=` is not an operator here.", "Write `{% set text = text ~ more %}`."]],
  ["/*", ["`/*` does not begin a comment here.", "Write the comment outside of the tag: `{# … #}`."]],
  [";", ["`;` does not end anything here.", "Remove it."]],
]);

/** The slip that explains why the current token cannot be read. */
export function slipAt(place: Place): SlipFound | undefined {
  return (
    openedAgain(place) ??
    unclosedString(place) ??
    halfClosed(place) ??
    foreignSpelling(place) ??
    foreignWord(place)
  );
}

/** A new tag begins before the one at hand was closed. */
function openedAgain({ source, syntax, current, tagAt }: Place): SlipFound | undefined {
  const { blockStart, blockEnd, variableStart, variableEnd, commentStart } = syntax;
  const found = [blockStart, variableStart, commentStart].find(
    (start) => start.length > 1 && source.text.startsWith(start, current.at),
  );
  if (found === undefined || current.type === "end" || current.at === tagAt) return undefined;
  const variable = source.text.startsWith(variableStart, tagAt);
  if (!variable && !source.text.startsWith(blockStart, tagAt)) return undefined;
  const [start, end] = variable ? [variableStart, variableEnd] : [blockStart, blockEnd];
  const { line } = source.position(tagAt);
  return {
    at: current.at,
    sentence: `\`${start}\` on line ${line} is not closed before \`${found}\`; expected \`${end}\`.`,
    fix: `Write \`${end}\` before \`${found}\`.`,
  };
}

/** A string that went on over the end of its tag, up to the next quote somewhere below. */
function unclosedString({ source, syntax, previous, tagAt }: Place): SlipFound | undefined {
  if (previous.type !== "string" || previous.at < tagAt) return undefined;
  const written = source.text.slice(previous.at, previous.end);
  const swallowed = [syntax.blockEnd, syntax.variableEnd].find((end) => written.includes(end));
  if (swallowed === undefined) return undefined;
  const quote = written[0] ?? "";
  const { line } = source.position(previous.end - 1);
  return {
    at: previous.at,
    sentence: `The string that begins here goes on over \`${swallowed}\` up to line ${line}; did you close it?`,
    fix: `Write \`${quote}\` at the end of the string.`,
  };
}

/** A lone `%` where the tag was to be closed is read as the operator, and the text behind it as its operand. */
function halfClosed({ source, syntax, current, previous, tagAt }: Place): SlipFound | undefined {
  const { blockStart, blockEnd } = syntax;
  if (!blockEnd.startsWith("%") || !source.text.startsWith(blockStart, tagAt)) return undefined;
  const sign = [previous, current].find(({ type, at }) => type === "%" && at > tagAt);
  if (sign === undefined) return undefined;
  const line = source.position(tagAt).line;
  return {
    at: sign.at,
    sentence: `\`%\` does not close \`${blockStart}\` on line ${line}; expected \`${blockEnd}\`.`,
    fix: `Write \`${blockEnd}\`, or a value behind the operator \`%\`.`,
  };
}

function foreignSpelling({ source, current, previous, tagAt }: Place): SlipFound | undefined {
  for (const [spelled, [sentence, fix]] of spellings) {
    // The lexer may have cut the spelling before its last character, and stopped at any of the rest.
    for (const begin of [current.at, previous.at, previous.at - 1]) {
      if (
        begin > tagAt &&
        begin + spelled.length > current.at - 2 &&
        source.text.startsWith(spelled, begin)
      ) {
        if (begin + spelled.length >= previous.end) return { at: begin, sentence, fix };
      }
    }
  }
  return undefined;
}

function foreignWord({ current, previous, tagAt }: Place): SlipFound | undefined {
  if (current.type === "name") {
    const word = words.get(current.value);
    if (word !== undefined) {
      const [instead, example] = word;
      const sentence = `\`${current.value}\` is not an operator here; write \`${instead}\`.`;
      return { at: current.at, sentence, fix: `Write \`${example}\`.` };
    }
  }
  const fix = previous.type === "name" ? prefixes.get(previous.value) : undefined;
  const value = current.type === "name" || current.type === "string" || current.type === "integer";
  if (fix === undefined || !value || previous.at < tagAt) return undefined;
  return { at: previous.at, sentence: `\`${previous.value}\` is not an operator here.`, fix };
}
