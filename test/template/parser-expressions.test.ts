/** How expressions group. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { brief } from "./parser-shorthand.ts";

function groups(rows: readonly (readonly [string, string])[]): void {
  for (const [text, expected] of rows) assert.equal(brief(text), expected, text);
}

test("operators bind as in Jinja", () => {
  groups([
    ["a or b and not c", "(a or (b and (not c)))"],
    ["not a == b", "(not (a == b))"],
    ["not a in b", "(not (a in b))"],
    ["a + b * c", "(a + (b * c))"],
    ["a - b - c", "((a - b) - c)"],
    ["a / b // c % d", "(((a / b) // c) % d)"],
    ["a ~ b ~ c", "(a ~ b ~ c)"],
    ["a + b ~ c", "(a + (b ~ c))"],
    ["a ~ b * c", "(a ~ (b * c))"],
    ["2 ** 3 ** 2", "((2 ** 3) ** 2)"],
    ["-2 ** 2", "((- 2) ** 2)"],
    ["2 ** -1", "(2 ** (- 1))"],
    ["a * b ** c", "(a * (b ** c))"],
    ["- + -a", "(- (+ (- a)))"],
    ["a--b", "(a - (- b))"],
    ["(a + b) * c", "((a + b) * c)"],
    ["-a.b[0]", "(- a.b[0])"],
    ["-1 | abs", "((- 1) | abs())"],
    ["a + b | upper", "(a + (b | upper()))"],
  ]);
});

test("comparisons are one chain", () => {
  groups([
    ["a < b <= c", "(a < b <= c)"],
    ["a == b != c", "(a == b != c)"],
    ["a in b not in c", "(a in b not in c)"],
    ["1 + 1 > 1", "((1 + 1) > 1)"],
    ["(a < b) < c", "((a < b) < c)"],
  ]);
});

test("tests take an argument with or without brackets", () => {
  groups([
    ["a is defined", "(a is defined())"],
    ["a is not defined", "(not (a is defined()))"],
    ["a is divisibleby 3", "(a is divisibleby(3))"],
    ["a is divisibleby(3)", "(a is divisibleby(3))"],
    ["a is sameas b.c[0](1)", "(a is sameas(b.c[0](1)))"],
    ["a is in [1, 2]", "(a is in(list(1, 2)))"],
    ["a is in (1, 2)", "(a is in(1, 2))"],
    ["a is none and b is true", "((a is none()) and (b is true()))"],
    ["a is eq 'x' or b", '((a is eq("x")) or b)'],
    ["a is odd if b is even else c", "((a is odd()) if (b is even()) else c)"],
    ["not a is odd", "(not (a is odd()))"],
    ["a | f is odd", "((a | f()) is odd())"],
    ["a is odd | f", "((a is odd()) | f())"],
    ["a + b is odd", "(a + (b is odd()))"],
    ["a is my.test 1", "(a is my.test(1))"],
  ]);
});

test("filters are a chain", () => {
  groups([
    ["a | f | g(1, b=2)", "((a | f()) | g(1, b=2))"],
    ["a.b | f(c | d)", "(a.b | f((c | d())))"],
    ["a | f()()", "(a | f())()"],
    ["a | my.filter", "(a | my.filter())"],
    ["[a] | first ~ b", "((list(a) | first()) ~ b)"],
  ]);
});

test("attributes, items, slices and calls follow one another", () => {
  groups([
    ["a.b.c", "a.b.c"],
    ["a.0.b", "a[0].b"],
    ["a['b']", 'a["b"]'],
    ["a[1, 2]", "a[tuple(1, 2)]"],
    ["a[1,]", "a[tuple(1)]"],
    ["a[:]", "a[::]"],
    ["a[1:]", "a[1::]"],
    ["a[:2]", "a[:2:]"],
    ["a[1:2:3]", "a[1:2:3]"],
    ["a[::-1]", "a[::(- 1)]"],
    ["a[b if c else d]", "a[(b if c else d)]"],
    ["a.b(1)[2](3).c", "a.b(1)[2](3).c"],
    ["a.if.in.not", "a.if.in.not"],
    ["'x'.upper()", '"x".upper()'],
  ]);
});

test("calls take named arguments and spreads", () => {
  groups([
    ["f()", "f()"],
    ["f(a, b,)", "f(a, b)"],
    ["f(a, b=1, *c, **d)", "f(a, b=1, *c, **d)"],
    ["f(*a, b=1)", "f(b=1, *a)"],
    ["f(*a, **b,)", "f(*a, **b)"],
    ["f(if=1)", "f(if=1)"],
    ["f(a == 1)", "f((a == 1))"],
    ["f(a if b, c)", "f((a if b else ), c)"],
  ]);
});

test("lists, tuples and dicts may end with a comma", () => {
  groups([
    ["[]", "list()"],
    ["[a, b,]", "list(a, b)"],
    ["()", "tuple()"],
    ["(a)", "a"],
    ["(a,)", "tuple(a)"],
    ["(a, (b, c))", "tuple(a, tuple(b, c))"],
    ["a, b", "tuple(a, b)"],
    ["a,", "tuple(a)"],
    ["{}", "dict()"],
    ["{'a': 1, b: 2,}", 'dict("a": 1, b: 2)'],
    ["{'a': {'b': 1}}.a.b", 'dict("a": dict("b": 1)).a.b'],
  ]);
});

test("the inline if may lack its else, and chains to the right", () => {
  groups([
    ["a if b", "(a if b else )"],
    ["a if b else c if d else e", "(a if b else (c if d else e))"],
    ["a or b if c and d else e", "((a or b) if (c and d) else e)"],
    ["a if b if c", "((a if b else ) if c else )"],
    ["[a if b else c, d]", "list((a if b else c), d)"],
  ]);
});
