/** Cuts a template into tokens, one at a time: text outside of tags, and what the tags are made of. */
import { BracketStack } from "./lexer/bracket-stack.ts";
import { isNameStart, nameEnd } from "./lexer/name.ts";
import { isDigit, readNumber } from "./lexer/number-literal.ts";
import { type Opening, type Openings, openingsOf } from "./lexer/openings.ts";
import { operatorAt } from "./lexer/operator.ts";
import { behindClosingBrace, propsBrace } from "./lexer/props-comment.ts";
import { strayCharacter } from "./lexer/stray-character.ts";
import { closingQuote, unescapeString } from "./lexer/string-literal.ts";
import type { Syntax } from "./lexer/syntax.ts";
import { syntaxError } from "./lexer/syntax-error.ts";
import type { Token, TokenType } from "./lexer/token.ts";
import { behindNewline, behindWhitespace, cutToLineStart, isNewline } from "./lexer/whitespace.ts";
import type { Source } from "./source.ts";
import { TemplateError } from "./template-error.ts";

type Mode = "text" | "variable" | "block" | "line";

export class Lexer {
  readonly source: Source;
  readonly syntax: Syntax;
  readonly #openings: Openings;
  /** The template without the newline at its end, where that is left out. */
  readonly #text: string;
  readonly #newlines: boolean;
  readonly #brackets: BracketStack;
  #at = 0;
  #mode: Mode = "text";
  /** Where the tag began that is being read. */
  #tag = 0;
  #behindDot = false;
  /** What follows the text that was just given. */
  #pending: Token | undefined;

  constructor(source: Source, syntax: Syntax) {
    this.source = source;
    this.syntax = syntax;
    this.#openings = openingsOf(syntax);
    this.#text = syntax.keepTrailingNewline ? source.text : source.text.replace(/(?:\r\n|\r|\n)$/, "");
    this.#newlines = syntax.newline !== "\n" || source.text.includes("\r");
    this.#brackets = new BracketStack(source, syntax);
  }

  /** The next token; behind the last it is `end`, again and again. */
  next(): Token {
    if (this.#mode !== "text") return this.#tagToken();
    for (;;) {
      const pending = this.#pending;
      if (pending !== undefined) {
        this.#pending = undefined;
        if (pending.type === "variable begin") this.#enter("variable", pending.at);
        else if (pending.type === "block begin") {
          this.#enter(this.#lineStatement ? "line" : "block", pending.at);
        }
        return pending;
      }
      if (this.#at >= this.#text.length) return token("end", "", this.#text.length, this.#text.length);
      const text = this.#upToOpening();
      if (text.value !== "") return text;
    }
  }

  #lineStatement = false;

  #enter(mode: Mode, at: number): void {
    this.#mode = mode;
    this.#tag = at;
    this.#behindDot = false;
    this.#brackets.reset();
  }

  /** The text up to the next opening, which is stepped over; what it opens is pending afterwards. */
  #upToOpening(): Token {
    const begin = this.#at;
    const opening = this.#openings.next(this.#text, begin);
    if (opening === undefined) {
      this.#at = this.#text.length;
      return this.#textToken(begin, this.#text.length);
    }
    const raw = opening.kind === "block" ? this.#openings.rawBegin(this.#text, opening.at) : null;
    const sign = this.#text[opening.end];
    const signed = sign === "-" || sign === "+";
    let end = opening.at;
    if (sign === "-") end = trimmedEnd(this.#text, begin, end);
    else if (sign !== "+" && this.syntax.lstripBlocks && opening.kind !== "variable") {
      end = cutToLineStart(this.#text, begin, end);
    }
    this.#at = signed ? opening.end + 1 : opening.end;
    if (raw !== null) this.#raw(opening, raw);
    else this.#open(opening);
    return this.#textToken(begin, end);
  }

  #open({ kind, at, end }: Opening): void {
    switch (kind) {
      case "variable":
        this.#pending = token("variable begin", this.syntax.variableStart, at, end);
        break;
      case "block":
        this.#lineStatement = false;
        this.#pending = token("block begin", this.syntax.blockStart, at, end);
        break;
      case "line statement": {
        const prefix = this.syntax.lineStatementPrefix ?? "";
        this.#lineStatement = true;
        this.#pending = token("block begin", prefix, end - prefix.length, end);
        break;
      }
      case "line comment":
        while (this.#at < this.#text.length && !isNewline(this.#text.charCodeAt(this.#at))) this.#at++;
        break;
      case "comment":
        this.#comment(at);
        break;
    }
  }

  #comment(at: number): void {
    const { commentStart, commentEnd } = this.syntax;
    const begin = this.#at;
    let from = begin;
    const brace = propsBrace(this.#text, begin);
    if (brace !== undefined) {
      const behind = behindClosingBrace(this.#text, brace, commentEnd);
      if (behind === undefined) {
        throw new TemplateError(
          "LMP_TEMPLATE_PROPS_INVALID",
          "The type in the props comment is not closed: a `{`, `(`, `[` or string is still open.",
          { expected: "`}`", fix: "Close what the declaration opens before the comment ends." },
        ).locate(this.source, brace);
      }
      from = behind;
    }
    const end = this.#text.indexOf(commentEnd, from);
    if (end < 0) {
      throw syntaxError(this.source, at, `\`${commentStart}\` is never closed; expected \`${commentEnd}\`.`, {
        expected: `\`${commentEnd}\``,
        found: "the end of the template",
        fix: `Write \`${commentEnd}\` where the comment ends.`,
      });
    }
    const sign = end > begin ? this.#text[end - 1] : "";
    this.#at = this.#behindTag(end + commentEnd.length, sign, true);
    if (brace === undefined) return;
    const content = this.#text.slice(brace, sign === "-" || sign === "+" ? end - 1 : end);
    this.#pending = token("props", content, brace, end);
  }

  #raw(opening: Opening, begin: RegExpExecArray): void {
    const from = this.#behindTag(opening.at + begin[0].length, begin[2] === "-" ? "-" : "+", false);
    const close = this.#openings.rawEnd(this.#text, from);
    if (close === null) {
      const { blockStart, blockEnd } = this.syntax;
      const tag = (name: string): string => `\`${blockStart} ${name} ${blockEnd}\``;
      const sentence = `${tag("raw")} is never closed; expected ${tag("endraw")}.`;
      throw syntaxError(this.source, opening.at, sentence, {
        expected: tag("endraw"),
        found: "the end of the template",
        fix: `Write ${tag("endraw")} behind the text that is to stay as it is.`,
      });
    }
    let end = close.index;
    if (close[1] === "-") end = trimmedEnd(this.#text, from, end);
    else if (close[1] !== "+" && this.syntax.lstripBlocks) end = cutToLineStart(this.#text, from, end);
    this.#at = this.#behindTag(close.index + close[0].length, close[2], true);
    const text = this.#textToken(from, end);
    if (text.value !== "") this.#pending = text;
  }

  /** Where text goes on behind a tag that ends with a sign. */
  #behindTag(at: number, sign: string | undefined, trims: boolean): number {
    if (sign === "-") return behindWhitespace(this.#text, at);
    return trims && sign !== "+" && this.syntax.trimBlocks ? behindNewline(this.#text, at) : at;
  }

  #textToken(at: number, end: number): Token {
    const text = this.#text.slice(at, end);
    const value = this.#newlines ? text.replace(/\r\n|\r|\n/g, this.syntax.newline) : text;
    return token("text", value, at, end);
  }

  #tagToken(): Token {
    const text = this.#text;
    const closing = this.#skipBlanks();
    if (closing !== undefined) return closing;
    const at = this.#at;
    if (at >= text.length) throw this.#brackets.unclosed(this.#tag) ?? this.#unclosedTag();
    const code = text.charCodeAt(at);
    if (isNameStart(code, text, at)) return this.#take("name", nameEnd(text, at));
    if (isDigit(code)) return this.#number(at);
    if (code === 34 || code === 39) return this.#string(at);
    const operator = operatorAt(text, at, code);
    if (operator === undefined) throw strayCharacter(this.source, at);
    if (operator.length === 1) this.#brackets.follow(operator, at, this.#tag, this.#mode === "variable");
    return this.#take(operator, at + operator.length);
  }

  #take(type: TokenType, end: number): Token {
    const at = this.#at;
    this.#at = end;
    this.#behindDot = type === ".";
    return token(type, this.#text.slice(at, end), at, end);
  }

  /** Steps over whitespace; gives the end of the tag where it is reached. */
  #skipBlanks(): Token | undefined {
    const text = this.#text;
    const open = this.#brackets.isOpen;
    if (this.#mode === "line" && !open) return this.#lineEnd();
    const at = (this.#at = behindWhitespace(text, this.#at));
    if (open || this.#mode === "line") return undefined;
    const block = this.#mode === "block";
    const delimiter = block ? this.syntax.blockEnd : this.syntax.variableEnd;
    const first = text[at];
    const signed = first === "-" || first === "+";
    if (!text.startsWith(delimiter, signed ? at + 1 : at)) {
      // A delimiter may itself begin with a sign, as in `-->`.
      if (!signed || !text.startsWith(delimiter, at)) return undefined;
      return this.#close(block, at, at + delimiter.length, "");
    }
    return this.#close(block, at, at + delimiter.length + (signed ? 1 : 0), signed ? first : "");
  }

  #close(block: boolean, at: number, end: number, sign: string): Token {
    this.#mode = "text";
    this.#at = this.#behindTag(end, sign, block);
    return token(block ? "block end" : "variable end", this.#text.slice(at, end), at, end);
  }

  /** The end of a line statement takes the blank lines below it with it. */
  #lineEnd(): Token | undefined {
    const text = this.#text;
    const at = this.#at;
    const behind = behindWhitespace(text, at);
    if (behind < text.length) {
      let end = behind;
      while (end > at && !isNewline(text.charCodeAt(end - 1))) end--;
      this.#at = end > at ? end : behind;
      if (end === at) return undefined;
    } else this.#at = behind;
    this.#mode = "text";
    return token("block end", "", at, this.#at);
  }

  #number(at: number): Token {
    const { type, end, fault } = readNumber(this.#text, at, this.#behindDot);
    if (fault !== undefined) {
      throw syntaxError(this.source, at, fault, {
        fix: "Write it as `42`, `1_000`, `0xFF`, `1.5` or `2e10`.",
      });
    }
    if (isNameStart(this.#text.charCodeAt(end), this.#text, end)) {
      const found = this.#text.slice(at, nameEnd(this.#text, end));
      throw syntaxError(this.source, at, `\`${found}\` is neither a number nor a name.`, {
        found,
        fix: "Begin names with a letter or `_`.",
      });
    }
    return this.#take(type, end);
  }

  #string(at: number): Token {
    const close = closingQuote(this.#text, at);
    const quote = this.#text[at] ?? "";
    if (close < 0) {
      throw syntaxError(
        this.source,
        at,
        `The string that begins here is never closed; expected \`${quote}\`.`,
        {
          expected: `\`${quote}\``,
          found: "the end of the template",
          fix: `Write \`${quote}\` at the end of the string.`,
        },
      );
    }
    const content = this.#text.slice(at + 1, close);
    const value = unescapeString(
      this.#newlines ? content.replace(/\r\n|\r|\n/g, this.syntax.newline) : content,
    );
    if (typeof value !== "string") {
      throw syntaxError(this.source, at + 1 + value.offset, `\`${value.escape}\` is not an escape.`, {
        expected: "`\\xNN`, `\\uNNNN` or `\\u{…}` with the number of a character in hexadecimal digits",
        fix: "Complete the escape, or double the backslash to mean the backslash.",
      });
    }
    this.#at = close + 1;
    this.#behindDot = false;
    return token("string", value, at, close + 1);
  }

  #unclosedTag(): TemplateError {
    const variable = this.#mode === "variable";
    const { variableStart, variableEnd, blockStart, blockEnd } = this.syntax;
    const start = variable ? variableStart : blockStart;
    const end = variable ? variableEnd : blockEnd;
    return syntaxError(this.source, this.#tag, `\`${start}\` is never closed; expected \`${end}\`.`, {
      expected: `\`${end}\``,
      found: "the end of the template",
      fix: `Write \`${end}\` where the tag ends.`,
    });
  }
}

function token(type: TokenType, value: string, at: number, end: number): Token {
  return { type, value, at, end };
}

function trimmedEnd(text: string, begin: number, end: number): number {
  return begin + text.slice(begin, end).trimEnd().length;
}
