/** Other delimiters, and tags and comments that are lines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parsed, refusal, texts } from "./parser-shorthand.ts";

const erb = {
  blockStart: "<%",
  blockEnd: "%>",
  variableStart: "<%=",
  variableEnd: "%>",
  commentStart: "<%#",
  commentEnd: "%>",
};
const markup = { blockStart: "<!--", blockEnd: "-->", variableStart: "{", variableEnd: "}" };
const lines = { lineStatementPrefix: "#", lineCommentPrefix: "##" };
const types = (text: string, syntax = {}): string =>
  parsed(text, syntax)
    .body.map(({ type }) => type)
    .join(" ");

test("of delimiters that begin with one another, the longest that fits is meant", () => {
  assert.equal(types("<%# note %><%= x %><% do x %>", erb), "Output Do");
  const comments = { ...markup, commentStart: "<!--#", commentEnd: "-->" };
  assert.equal(types("<!--# note --><!-- do x -->{x}", comments), "Do Output");
});

test("a sign before a delimiter that begins with one is told from it", () => {
  assert.equal(texts("<!--- do x -->\n<!-- do y --->\na", markup), "•\n•a");
});

test("a brace of a dict does not end an output", () => {
  assert.equal(types("{{{'a': {'b': 1}}.a}}"), "Output");
  assert.equal(types("{ {'a': 1}.a }", markup), "Output");
});

test("delimiters that mean something in patterns are taken literally", () => {
  const odd = { blockStart: "(*", blockEnd: "*)", variableStart: "[[", variableEnd: "]]" };
  assert.equal(types("(* do x *)[[ x ]](* raw *)[[(* endraw *)", odd), "Do Output Text");
  assert.equal(types("$${ x }$", { variableStart: "$${", variableEnd: "}$" }), "Output");
});

test("a line can be a tag, with blanks before it and a colon behind it", () => {
  assert.equal(texts("# for x in y:\na\n  # endfor\nb", lines), "•a\n•b");
  assert.equal(texts("a\n# do x", lines), "a\n•");
  assert.equal(texts("a # do x", lines), "a # do x");
  assert.equal(texts("# do x\r\na", lines), "•a");
});

test("a line tag goes on as long as a bracket is open", () => {
  assert.equal(texts("# do f(1,\n  2)\na", lines), "•a");
  assert.equal(texts("# do [\n\n1\n]\n\na", lines), "•a");
});

test("a line comment goes up to the end of its line, and takes the blanks before it", () => {
  assert.equal(texts("a ## note\nb\n  ## note {{\nc", lines), "a\nb\n\nc");
});

test("an error in a line tag speaks of the end of the line", () => {
  const error = refusal("# if x =\n# endif", lines);
  assert.equal(error.expected, "an operator or the end of the line");
  assert.equal(
    refusal("a\n# include\n", lines).sentence,
    "Expected the name of a template, found the end of the line.",
  );
});

test("delimiters that cannot be told apart are refused", () => {
  const cases = [
    [{ blockStart: "{{" }, "The options blockStart and variableStart of the syntax are both `{{`."],
    [{ commentEnd: "" }, "The option commentEnd of the syntax is empty."],
    [{ lineStatementPrefix: " " }, "The option lineStatementPrefix of the syntax is a text with whitespace."],
    [
      { lineCommentPrefix: "{%" },
      "The options blockStart and lineCommentPrefix of the syntax are both `{%`.",
    ],
  ] as const;
  for (const [syntax, sentence] of cases) {
    const error = refusal("", syntax);
    assert.equal(error.code, "LMP_TEMPLATE_OPTION_INVALID");
    assert.equal(error.sentence, sentence);
  }
});
