/**
 * Follows JavaScript (ECMA-262 §12): code, strings, template literals with the code inside, comments, and regular
 * expressions, which only the token before tells from a division.
 */
import { paddedScriptValue, scriptString } from "./escape-script.ts";
import { type Placed, refusal, unsafe } from "./placed.ts";
import type { Reader } from "./reader.ts";

/** `slash` is behind a `/` of which the next character says what it begins; `star` behind a `*` in a comment. */
type Mode = "code" | "'" | '"' | "`" | "slash" | "line comment" | "comment" | "star" | "regex" | "class";

/** What stands before: behind an operator `/` begins a regular expression; behind `}` nobody knows. */
type Before = "operator" | "operand" | "unsure";

/** Words behind which a value begins. */
const operatorWords = new Set(
  "await case delete do else extends in instanceof new of return throw typeof void yield".split(" "),
);
/** Words whose parentheses are followed by a statement. */
const statementWords = new Set(["if", "while", "for", "with"]);

const LONGEST_WORD = 12;
const DEEPEST = 200;

export class ScriptReader implements Reader {
  #mode: Mode = "code";
  #before: Before = "operator";
  /** The word that stands before, if it is a word; with a dot in front where it is the name of a property. */
  #word = "";
  /** The last characters, where no blank or word came between them: up to three. */
  #run = "";
  /** Whether the last character stands directly before and could be a part of what follows. */
  #touching = false;
  /** Behind a backslash. */
  #escaped = false;
  /** What is open: `(`, `k` for the parentheses of a keyword, `{`, `[`, and a backtick for `${` in a literal. */
  #open = "";
  /** What stood before a sign, for `a++ / b`. */
  #beforeSign: Before = "operator";
  /** Nothing but blanks and dashes since the line began: `-->` begins a comment there. */
  #lineStart = true;
  /** Whether a `/` was read of which nobody knows what it begins. */
  #lost = false;

  get key(): string {
    const flags = [this.#touching, this.#escaped, this.#lineStart, this.#lost].map(Number).join("");
    const word = this.#run === "a" || statementWords.has(this.#word) ? this.#word : "";
    const signs = /[+-]$/.test(this.#run) ? this.#beforeSign : "";
    return `script ${this.#mode} ${this.#beforeHere} ${word} ${this.#run} ${flags} ${this.#open} ${signs}`;
  }

  /** Whether a value here is code and not a part of a string. */
  get inCode(): boolean {
    return this.#mode === "code";
  }

  get name(): string {
    switch (this.#mode) {
      case "code":
      case "slash":
        return this.#open === "" ? "JavaScript" : `JavaScript behind an open \`${nameOf(this.#open)}\``;
      case "line comment":
      case "comment":
      case "star":
        return "a comment of JavaScript";
      case "regex":
      case "class":
        return "a regular expression";
      default:
        return "a string of JavaScript";
    }
  }

  read(character: string): void {
    switch (this.#mode) {
      case "code":
        this.#readCode(character);
        return;
      case "slash":
        this.#readBehindSlash(character);
        return;
      case "line comment":
        if (isLineEnd(character)) this.#newLine();
        return;
      case "comment":
      case "star":
        if (character === "/" && this.#mode === "star") this.#mode = "code";
        else this.#mode = character === "*" ? "star" : "comment";
        return;
      case "regex":
      case "class":
        this.#readRegex(character);
        return;
      default:
        this.#readString(character, this.#mode);
    }
  }

  #newLine(): void {
    this.#mode = "code";
    this.#run = "";
    this.#touching = false;
    this.#lineStart = true;
  }

  /** Goes on behind a token that is no word. */
  #behind(before: Before, run: string): void {
    this.#mode = "code";
    this.#before = before;
    this.#word = "";
    this.#run = run;
    this.#touching = true;
    this.#lineStart = false;
  }

  get #beforeHere(): Before {
    if (this.#word === "") return this.#before;
    return operatorWords.has(this.#word) ? "operator" : "operand";
  }

  #readString(character: string, quote: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (character === "\\") this.#escaped = true;
    else if (character === quote) this.#behind("operand", ")");
    else if (quote === "`") {
      if (character === "{" && this.#run === "$") this.#enter("`");
      else this.#run = character === "$" ? "$" : "";
    } else if (character === "\n" || character === "\r") this.#newLine();
  }

  #readRegex(character: string): void {
    if (isLineEnd(character)) this.#newLine();
    else if (this.#escaped) this.#escaped = false;
    else if (character === "\\") this.#escaped = true;
    else if (this.#mode === "class") this.#mode = character === "]" ? "regex" : "class";
    else if (character === "[") this.#mode = "class";
    else if (character === "/") this.#behind("operand", ")");
  }

  #readBehindSlash(character: string): void {
    if (character === "/") this.#mode = "line comment";
    else if (character === "*") {
      this.#mode = "comment";
      this.#run = "";
      this.#touching = false;
    } else if (this.#beforeHere === "operator") {
      this.#mode = "regex";
      this.#readRegex(character);
    } else {
      if (this.#beforeHere === "unsure") this.#lost = true;
      this.#behind("operator", "/");
      this.#readCode(character);
    }
  }

  #readCode(character: string): void {
    if (isWordCharacter(character)) this.#readWord(character);
    else if (isLineEnd(character)) this.#newLine();
    else if (/\s/.test(character)) {
      this.#run = "";
      this.#touching = false;
    } else this.#readPunctuator(character);
  }

  #readWord(character: string): void {
    // A property like `a.return` is no keyword.
    if (this.#run !== "a") this.#word = this.#run.endsWith(".") ? "." : "";
    if (this.#word.length < LONGEST_WORD) this.#word += character;
    this.#run = "a";
    this.#touching = true;
    this.#lineStart = false;
  }

  #readPunctuator(character: string): void {
    const run = (this.#run + character).slice(-4);
    switch (character) {
      case "'":
      case '"':
      case "`":
        this.#mode = character;
        this.#run = "";
        return;
      case "/":
        this.#mode = "slash";
        return;
      case "(":
        this.#enter(statementWords.has(this.#word) ? "k" : "(");
        return;
      case "[":
      case "{":
        this.#enter(character);
        return;
      case ")":
        this.#behind(this.#leave() === "k" ? "operator" : "operand", ")");
        return;
      case "]":
        this.#leave();
        this.#behind("operand", ")");
        return;
      case "}":
        if (this.#leave() === "`") {
          this.#mode = "`";
          this.#run = "";
        } else this.#behind("unsure", "}");
        return;
      case "+":
      case "-":
        this.#readSign(character, run);
        return;
    }
    if (run.endsWith("-->") && this.#lineStart) this.#mode = "line comment";
    else {
      this.#behind("operator", run.slice(-3));
      if ("(,=[{:;?!|&".includes(character)) this.#touching = false;
    }
  }

  #readSign(character: string, run: string): void {
    if (run === "<!--") {
      this.#mode = "line comment";
      return;
    }
    const lineStart = this.#lineStart;
    const pair = this.#run.endsWith(character) && !this.#run.endsWith(character + character);
    if (!pair) this.#beforeSign = this.#beforeHere;
    this.#behind(pair ? this.#beforeSign : "operator", run.slice(-3));
    this.#lineStart = lineStart && character === "-";
  }

  #enter(opening: string): void {
    if (this.#open.length >= DEEPEST) throw unsafe("A script is nested too deeply.", "Move it into a file.");
    this.#open += opening;
    this.#behind("operator", opening);
    this.#touching = false;
  }

  #leave(): string | undefined {
    const last = this.#open.at(-1);
    this.#open = this.#open.slice(0, -1);
    return last;
  }

  value(next: string): Placed {
    if (this.#lost) {
      throw refusal(
        "behind a `/` that may begin a regular expression or divide",
        "Put the regular expression into parentheses, or the value into a script of its own.",
      );
    }
    switch (this.#mode) {
      case "code":
        return this.#valueInCode(next);
      case "slash":
        if (this.#beforeHere !== "operand") throw inRegex();
        this.#behind("operator", "/");
        return this.#valueInCode(next);
      case "line comment":
      case "comment":
      case "star":
        throw refusal("in a comment of JavaScript", "Use {# … #} to leave a part of the template out.");
      case "regex":
      case "class":
        throw inRegex();
    }
    if (this.#escaped) {
      throw refusal("behind a backslash in a string", "Take the backslash away: values are escaped.");
    }
    if (this.#run === "$" && (next === "" || next === "{")) {
      throw refusal("between `$` and `{`", "Put a blank between them, or both into the value.");
    }
    this.#run = "";
    return { kind: "script string", escape: scriptString };
  }

  #valueInCode(next: string): Placed {
    if (this.#touching && this.#run === "a" && this.#beforeHere === "operand") {
      throw refusal("inside of a name of JavaScript", "Use an object: `names[{{ name }}]`.");
    }
    if (this.#run.endsWith(".") && this.#touching) {
      throw refusal("as the name of a property", "Use brackets: `object[{{ name }}]`.");
    }
    const before = this.#touching;
    this.#behind("operand", ")");
    const padded = paddedScriptValue(
      before,
      next === "" || next === "." || next === "\\" || isWordCharacter(next),
    );
    return { kind: "script", escape: padded };
  }

  copy(): ScriptReader {
    const copy = new ScriptReader();
    copy.#mode = this.#mode;
    copy.#before = this.#before;
    copy.#word = this.#word;
    copy.#run = this.#run;
    copy.#touching = this.#touching;
    copy.#escaped = this.#escaped;
    copy.#open = this.#open;
    copy.#beforeSign = this.#beforeSign;
    copy.#lineStart = this.#lineStart;
    copy.#lost = this.#lost;
    return copy;
  }

  join(other: Reader): Reader | undefined {
    if (!(other instanceof ScriptReader)) return undefined;
    if (other.key === this.key) return this;
    if (other.#mode !== this.#mode || other.#open !== this.#open || other.#escaped !== this.#escaped) {
      return undefined;
    }
    if (this.#mode === "`" && this.#run !== other.#run) return undefined;
    const joined = this.copy();
    joined.#before = this.#beforeHere === other.#beforeHere ? this.#beforeHere : "unsure";
    joined.#word = this.#word === other.#word ? this.#word : "";
    if (joined.#word === "" && this.#run === "a") joined.#run = ")";
    if (this.#run !== other.#run) joined.#run = "";
    joined.#touching = this.#touching || other.#touching;
    joined.#lineStart = this.#lineStart || other.#lineStart;
    joined.#lost = this.#lost || other.#lost;
    return joined;
  }

  behindPart(): Reader {
    const copy = this.copy();
    if (this.#mode === "code") copy.#behind("unsure", "");
    else if (this.#mode !== "slash") copy.#run = "";
    copy.#lineStart = true;
    return copy;
  }

  endsIn(end: Reader): boolean {
    if (!(end instanceof ScriptReader) || end.#open !== this.#open || end.#escaped !== this.#escaped)
      return false;
    if (end.#lost !== this.#lost || end.#run === "$") return false;
    return end.#mode === this.#mode;
  }
}

/** The bracket that was opened last, as it is written. */
function nameOf(open: string): string {
  const last = open.at(-1) ?? "";
  return last === "k" ? "(" : last === "`" ? "${" : last;
}

function inRegex(): Error {
  return refusal("in a regular expression", "Make it from a string: `new RegExp({{ pattern }})`.");
}

function isLineEnd(character: string): boolean {
  return character === "\n" || character === "\r" || character === "\u2028" || character === "\u2029";
}

function isWordCharacter(character: string): boolean {
  return /[A-Za-z0-9_$]/.test(character) || (character > "\u007f" && !/\s/.test(character));
}
