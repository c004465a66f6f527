/** Filters that trim, pad, cut and count texts. */
import { test } from "node:test";
import { escapeHtml } from "limpid/message";
import { check, checkRefused, html, named } from "./apply.ts";

test("trim takes white space or the given characters off both ends", () => {
  check([
    [["  foo ", "trim"], "foo"],
    [["..stays.. ", "trim", ". "], "stays"],
    [["  ..stays..", "trim", named({ chars: "." })], "  ..stays"],
    [["😀a😀", "trim", "😀"], "a"],
    [["\ud83da", "trim", "😀"], "\ud83da"],
    [["aaa", "trim", "a"], ""],
    [[" a ", "trim", null], "a"],
    [[html(" <b> "), "trim"], html("<b>")],
    [[html("-<b>-"), "trim", "-<>b"], html("<b>")],
    [[html("&lt;b"), "trim", "&;"], html("&lt;b")],
  ]);
});

test("center puts spaces on both sides, by characters", () => {
  check([
    [["foo", "center", 9], "   foo   "],
    [["foo", "center", named({ width: 8 })], "  foo   "],
    [["ab", "center", 5], "  ab "],
    [["😀", "center", 3], " 😀 "],
    [["long enough", "center", 4], "long enough"],
    [["x", "center"], `${" ".repeat(39)}x${" ".repeat(40)}`],
    [[html("<b>"), "center", 5], " <b> "],
  ]);
});

test("indent puts a margin in front of lines", () => {
  const text = '\nfoo bar\n"baz"\n';
  check([
    [[text, "indent", 2], '\n  foo bar\n  "baz"\n'],
    [[text, "indent", 2, false, true], '\n  foo bar\n  "baz"\n  '],
    [[text, "indent", 2, true, true], '  \n  foo bar\n  "baz"\n  '],
    [[text, "indent", 2, true], '  \n  foo bar\n  "baz"\n'],
    [["jinja", "indent", named({ first: true })], "    jinja"],
    [["a\r\nb\rc", "indent", ">> ", true], ">> a\n>> b\n>> c"],
    [[html("<i>\nx"), "indent", 1], html("<i>\n x")],
    [[html("<i>\nx"), "indent", "<"], html("<i>\n&lt;x")],
    [[html("<i>\nx"), "indent", html("<br>")], html("<i>\n<br>x")],
    [["<i>\nx", "indent", html("<br>")], "<i>\n<br>x"],
  ]);
});

test("truncate cuts at the end of a word, or within one", () => {
  const text = "foobar baz bar foobar baz";
  check([
    [[text, "truncate", 15, true, ">>>"], "foobar baz b>>>"],
    [[text, "truncate", 15, false, ">>>"], "foobar baz>>>"],
    [["foobar baz bar", "truncate", 15], "foobar baz bar"],
    [["Joel is a slug", "truncate", 7, true], "Joel..."],
    [["Joel is", "truncate", 3], "Joel is"],
    [["Joel is", "truncate", named({ length: 5, leeway: 0 })], "Jo..."],
    [["😀😀😀😀", "truncate", 3, true, "…", 0], "😀😀…"],
    [["abc", "truncate", 1, true, "", 0], "a"],
    [["x".repeat(300), "truncate"], `${"x".repeat(252)}...`],
    [[html("<b>x</b>"), "truncate"], "<b>x</b>"],
  ]);
});

test("words are counted, and anything becomes a string", () => {
  check([
    [["foo bar, baz-qux don't", "wordcount"], 6],
    [["été 日本 _a1", "wordcount"], 3],
    [["", "wordcount"], 0],
    [[undefined, "wordcount"], 0],
    [[1.5, "string"], "1.5"],
    [[[1, "a"], "string"], '[1,"a"]'],
    [[html("<b>"), "string"], "<b>"],
  ]);
});

test("replace exchanges texts, and escapes what it puts into markup", () => {
  check([
    [["<foo>", "replace", "o", 42], "<f4242>"],
    [["<foo>", "replace", "<", 42], "42foo>"],
    [["aaa", "replace", "a", "b", 2], "bba"],
    [["aaa", "replace", "a", "b", 0], "aaa"],
    [["aaa", "replace", "a", "b", -1], "bbb"],
    [["ab", "replace", "", "-"], "-a-b-"],
    [["ab", "replace", "", "-", 2], "-a-b"],
    [["$1", "replace", "1", "$&"], "$$&"],
    [["abc", "replace", named({ old: "b", new: "" })], "ac"],
    [[html("foo"), "replace", "o", ">x<"], html("f&gt;x&lt;&gt;x&lt;")],
    [[html("a &amp; b<"), "replace", "&", "and"], html("a and b<")],
    [[html("<br>"), "replace", html("<br>"), html("<hr>")], html("<hr>")],
    [["<a>'", "replace", "a", html("<b>")], html(`&lt;<b>&gt;${escapeHtml("'")}`)],
  ]);
  check([[[html("<b>x"), "replace", "x", "<i>"], "<b><i>"]], false);
});

test("wrong arguments and too much text are refused", () => {
  const huge = "x".repeat(100_000);
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [
    ["a", "center", "wide"],
    ["a", "center", -1],
    ["a", "center", 1.5],
    ["a", "center", 20_000_000],
    ["a", "center", 1, 2],
    ["a", "center", named({ size: 3 })],
    ["a", "center", 3, named({ width: 3 })],
    ["a", "indent", 20_000_000],
    ["a", "indent", [1]],
    ["\n".repeat(100), "indent", huge.repeat(2), true, true],
    ["a", "truncate", 2],
    ["a", "truncate", 5, false, {}],
    ["a", "replace", "a"],
    ["a", "replace"],
    ["a", "replace", "a", "b", "c"],
    [huge, "replace", "x", huge],
    [html("<b>"), "replace", "", "x"],
  ]);
});
