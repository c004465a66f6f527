/** What tags need to be told. */
import { refusals } from "./syntax-errors.ts";

refusals("if", [
  [
    "{% if a %}\n{% else if b %}\n{% endif %}",
    "2:4",
    "`else if` is written `elif`.",
    "Write `{% elif … %}`.",
  ],
  [
    "{% if x then %}",
    "1:9",
    "Expected an operator or `%}`, found `then`.",
    "Write an operator before `then`, such as `~`, `and` or `==`, or remove it.",
  ],
  [
    "{% if a if b %}",
    "1:9",
    "Expected an operator or `%}`, found `if`.",
    "Write an operator before `if`, such as `~`, `and` or `==`, or remove it.",
  ],
  ["{% if x %}{% endif x %}", "1:20", "Expected `%}`, found `x`.", "Remove `x`."],
]);

refusals("for", [
  [
    "{% for x of y %}",
    "1:10",
    "`for` goes through a list with `in`, not with `of`.",
    "Write `for item in items`.",
  ],
  ["{% for x %}", "1:10", "Expected `in`, found `%}`.", "Write `for item in items`."],
  ["{% for x = y %}", "1:10", "Expected `in`, found `=`.", "Write `for item in items`."],
  ["{% for 1 in y %}", "1:8", "Expected a name, found `1`.", "Write a name in place of `1`."],
  ["{% for none in y %}", "1:8", "`none` is a value and cannot be a name.", "Choose another name."],
  ["{% for x.y in z %}", "1:9", "Expected `in`, found `.`.", "Only plain names can be bound by `for`."],
  ["{% for x in %}", "1:13", "Expected an expression, found `%}`.", "Write an expression before `%}`."],
  ["{% for x y in z %}", "1:10", "Expected `in`, found `y`.", "Write `for item in items`."],
  [
    "{% for (x, y in z %}",
    "1:14",
    "Expected `,` or `)`, found `in`.",
    "Write `,` before `in`, or remove it.",
  ],
  [
    "{% for x in y recursive if z %}",
    "1:25",
    "Expected an operator, `if`, `recursive` or `%}`, found `if`.",
    "Write an operator before `if`, such as `~`, `and` or `==`, or remove it.",
  ],
  [
    "{% for x in y where z %}",
    "1:15",
    "Expected an operator, `if`, `recursive` or `%}`, found `where`.",
    "Write an operator before `where`, such as `~`, `and` or `==`, or remove it.",
  ],
]);

refusals("break and continue", [
  [
    "{% break %}",
    "1:4",
    "`break` stands outside of a loop.",
    "Put `{% break %}` between `{% for … %}` and `{% endfor %}`, or remove it.",
  ],
  [
    "{% for x in y %}{% endfor %}{% continue %}",
    "1:32",
    "`continue` stands outside of a loop.",
    "Put `{% continue %}` between `{% for … %}` and `{% endfor %}`, or remove it.",
  ],
  [
    "{% for x in y %}{% else %}{% break %}{% endfor %}",
    "1:30",
    "`break` stands outside of a loop.",
    "Put `{% break %}` between `{% for … %}` and `{% endfor %}`, or remove it.",
  ],
  [
    "{% for x in y %}{% block z %}{% break %}{% endblock %}{% endfor %}",
    "1:33",
    "`break` does not reach out of `block` to the loop around it.",
    "Put `{% break %}` between `{% for … %}` and `{% endfor %}`, or remove it.",
  ],
  ["{% for x in y %}{% break 2 %}{% endfor %}", "1:26", "Expected `%}`, found `2`.", "Remove `2`."],
]);

refusals("set", [
  ["{% set = 1 %}", "1:8", "Expected a name, found `=`.", "Write a name in place of `=`."],
  ["{% set x 1 %}", "1:10", "Expected `=`, found `1`.", "Write `set name = value`."],
  ["{% set x == 1 %}", "1:10", "Expected `=`, found `==`.", "Write `set name = value`."],
  ["{% set x: 1 %}", "1:9", "Expected `=`, found `:`.", "Write `set name = value`."],
  ["{% set x = %}", "1:12", "Expected an expression, found `%}`.", "Write an expression before `%}`."],
  [
    "{% set a.b.c = 1 %}",
    "1:11",
    "Expected `=`, found `.`.",
    "`set` binds names, and attributes of a `namespace()`, but no items.",
  ],
  [
    "{% set a[0] = 1 %}",
    "1:9",
    "Expected `=`, found `[`.",
    "`set` binds names, and attributes of a `namespace()`, but no items.",
  ],
  ["{% set true = 1 %}", "1:8", "`true` is a value and cannot be a name.", "Choose another name."],
  ["{% set if = 1 %}", "1:8", "`if` is a word of the language and cannot be a name.", "Choose another name."],
  [
    "{% set a, b %}x{% endset %}",
    "1:13",
    "Expected `=`, found `%}`.",
    "Give each name a `set` block of its own.",
  ],
]);

refusals("block", [
  ["{% block %}", "1:10", "Expected the name of the block, found `%}`.", "Write `block title`."],
  [
    "{% block 'a' %}",
    "1:10",
    'Expected the name of the block, found the string "a".',
    "Write the name without quotes.",
  ],
  ["{% block a-b %}", "1:11", "The name of a block cannot contain `-`.", "Write `_` instead."],
  [
    "{% block a %}{% endblock %}\n{% block a %}{% endblock %}",
    "2:10",
    "There is a block `a` already, on line 1.",
    "Choose another name; to print a block again, write `{{ self.a() }}`.",
  ],
  [
    "{% block a %}{% endblock b %}",
    "1:26",
    "`endblock b` ends the block `a` on line 1.",
    "Write `{% endblock a %}`, or close the block inside before.",
  ],
  [
    "{% block a required %}x{% endblock %}",
    "1:23",
    "The required block `a` can contain only comments and whitespace.",
    "Remove the content, or the word `required`.",
  ],
  [
    "{% block a required scoped %}",
    "1:21",
    "Expected `%}`, found `scoped`.",
    "Write each word once, as `scoped required`.",
  ],
]);

refusals("extends and include", [
  [
    "{% extends %}",
    "1:12",
    "Expected the name of the parent template, found `%}`.",
    'Write `extends "layout.html"`.',
  ],
  [
    "{% extends 'a' %}\n{% extends 'b' %}",
    "2:1",
    "The template extends another one already, on line 1.",
    "Remove one of the two.",
  ],
  [
    "{% include %}",
    "1:12",
    "Expected the name of a template, found `%}`.",
    'Write `include "partial.html"`.',
  ],
  [
    "{% include 'a' with x=1 %}",
    "1:16",
    "Expected `with context`, found `with`.",
    "Bind values around it: `{% with name = value %}{% include … %}{% endwith %}`.",
  ],
  ["{% include 'a' ignore %}", "1:23", "Expected `missing`, found `%}`.", "Write `ignore missing`."],
  [
    "{% include 'a' without context ignore missing %}",
    "1:32",
    "Expected `%}`, found `ignore`.",
    "Write `ignore missing` before `with context` or `without context`.",
  ],
  [
    "{% include 'a', 'b' %}",
    "1:15",
    "Expected `%}`, found `,`.",
    'Write `include "partial.html"`, then `ignore missing` or `without context`.',
  ],
]);

refusals("import", [
  ["{% import 'a' %}", "1:15", "Expected `as`, found `%}`.", 'Write `import "macros.html" as macros`.'],
  [
    "{% import x from 'a' %}",
    "1:13",
    "Expected `as`, found `from`.",
    'Write `from "macros.html" import name`.',
  ],
  [
    "{% import 'a' as if %}",
    "1:18",
    "`if` is a word of the language and cannot be a name.",
    "Choose another name.",
  ],
  [
    "{% from 'a' %}",
    "1:13",
    "Expected `import`, found `%}`.",
    'Write `from "macros.html" import name, other as alias`.',
  ],
  [
    "{% from 'a' import * %}",
    "1:20",
    "Expected a name to import, found `*`.",
    "List the names, or import the template as one name.",
  ],
  [
    "{% from 'a' import b, %}",
    "1:23",
    "Expected a name to import, found `%}`.",
    'Write `from "macros.html" import name, other as alias`.',
  ],
  [
    "{% from 'a' import _b %}",
    "1:20",
    "`_b` cannot be imported: names with `_` at the beginning are private.",
    "Rename it in the template that it comes from.",
  ],
  [
    "{% from 'a' import b with context, %}",
    "1:34",
    "Expected `%}`, found `,`.",
    'Write `from "macros.html" import name, other as alias`.',
  ],
]);

refusals("macro and call", [
  [
    "{% macro f %}",
    "1:12",
    "Expected `(`, found `%}`.",
    "Write the parameters in brackets: `name(first, second=1)`, or `name()`.",
  ],
  ["{% macro (a) %}", "1:10", "Expected the name of the macro, found `(`.", "Write `macro name(parameter)`."],
  [
    "{% macro if() %}",
    "1:10",
    "`if` is a word of the language and cannot be a name.",
    "Choose another name.",
  ],
  ["{% macro f(a, a) %}", "1:15", "The parameter `a` is there twice.", "Rename or remove one of the two."],
  [
    "{% macro f(a=1, b) %}",
    "1:17",
    "The parameter `b` has no default but stands behind one that has.",
    "Put it before those with defaults, or give it one.",
  ],
  [
    "{% macro f(*args) %}",
    "1:12",
    "Expected the name of a parameter, found `*`.",
    "Further arguments are in `varargs` by themselves.",
  ],
  [
    "{% macro f(a b) %}",
    "1:14",
    "Expected `,`, `=` or `)`, found `b`.",
    "Write `,` before `b`, or remove it.",
  ],
  [
    "{% macro f(a: b) %}",
    "1:13",
    "Expected `,`, `=` or `)`, found `:`.",
    "Write `,` before `:`, or remove it.",
  ],
  [
    "{% call f %}",
    "1:9",
    "`call` needs the call of a macro.",
    "Write `call name()`, with brackets behind the name.",
  ],
  ["{% call %}", "1:9", "Expected an expression, found `%}`.", "Write an expression before `%}`."],
  ["{% call(x) %}", "1:12", "Expected an expression, found `%}`.", "Write an expression before `%}`."],
]);

refusals("the other tags", [
  ["{% filter %}", "1:11", "Expected the name of a filter, found `%}`.", "Write `filter upper`."],
  ["{% filter |upper %}", "1:11", "Expected the name of a filter, found `|`.", "Write `filter upper`."],
  ["{% with a %}", "1:11", "Expected `=`, found `%}`.", "Write `with name = value`."],
  [
    "{% with a = 1 b = 2 %}",
    "1:15",
    "Expected `,` or `%}`, found `b`.",
    "Write `,` before `b`, or remove it.",
  ],
  ["{% autoescape %}", "1:15", "Expected `true` or `false`, found `%}`.", "Write `autoescape true`."],
  ["{% do %}", "1:7", "Expected an expression, found `%}`.", "Write an expression before `%}`."],
  ["{% cache a b %}", "1:12", "Expected `,` or `%}`, found `b`.", "Write `,` before `b`, or remove it."],
  ["{% print %}", "1:10", "Expected an expression, found `%}`.", "Write an expression before `%}`."],
]);
