/** Slips in expressions. */
import { refusals } from "./syntax-errors.ts";

refusals("operators of JavaScript", [
  ["{{ a && b }}", "1:6", "`&&` is not an operator here; write `and`.", "Write `a and b`."],
  ["{{ a || b }}", "1:6", "`||` is not an operator here; write `or`.", "Write `a or b`."],
  ["{{ !a }}", "1:4", "`!` is not an operator here; write `not`.", "Write `not a`."],
  ["{% if a === b %}", "1:9", "`===` is not an operator here; write `==`.", "Write `a == b`."],
  ["{{ a !== b }}", "1:6", "`!==` is not an operator here; write `!=`.", "Write `a != b`."],
  [
    "{{ a ? b : c }}",
    "1:6",
    "`?` is not an operator here; a choice is written with `if` and `else`.",
    "Write `this if condition else that`.",
  ],
  ["{{ a ?? b }}", "1:6", "`??` is not an operator here.", "Write a default as `value | default(other)`."],
  ["{{ a?.b }}", "1:5", "`?.` is not an operator here.", "Write `a.b if a else none`."],
  [
    "{{ f(x => x) }}",
    "1:8",
    "`=>` is not an operator here: a template cannot write functions.",
    "Use a filter or a macro.",
  ],
  ["{{ i++ }}", "1:5", "`++` is not an operator here.", "Write `{% set i = i + 1 %}`."],
  ["{{ i-- }}", "1:5", "`--` is not an operator here.", "Write `{% set i = i - 1 %}`."],
  ["{% set i += 1 %}", "1:10", "`+=` is not an operator here.", "Write `{% set i = i + 1 %}`."],
  [
    "{{ f(...a) }}",
    "1:6",
    "`...` is not an operator here.",
    "Spread a list into a call as `f(*list)`, a dict as `f(**dict)`.",
  ],
  [
    "{{ new Date() }}",
    "1:4",
    "`new` is not an operator here.",
    "Make the object outside of the template and hand it in.",
  ],
  [
    "{{ typeof x }}",
    "1:4",
    "`typeof` is not an operator here.",
    "Ask with a test: `value is string`, `value is number`.",
  ],
  [
    "{{ await x }}",
    "1:4",
    "`await` is not an operator here.",
    "Leave it out: a template that is rendered asynchronously waits by itself.",
  ],
  ["{{ a; }}", "1:5", "`;` does not end anything here.", "Remove it."],
  ["{{ $a }}", "1:4", "`$` cannot stand in a name.", "Write names with letters, digits and `_`."],
  [
    "{{ `a` }}",
    "1:4",
    "A string does not begin with a backtick.",
    'Write `"…"` and join texts with `~`: `"Hello " ~ name`.',
  ],
]);

refusals("operators of other languages", [
  ["{{ a & b }}", "1:6", "`&` is not an operator here; write `and`.", "Write `a and b`."],
  ["{{ a AND b }}", "1:6", "`AND` is not an operator here; write `and`.", "Write `a and b`."],
  ["{{ NOT a }}", "1:4", "`NOT` is not an operator here.", "Write `not a`."],
  ["{{ a eq b }}", "1:6", "`eq` is not an operator here; write `==`.", "Write `a == b`."],
  ["{{ a contains b }}", "1:6", "`contains` is not an operator here; write `in`.", "Write `b in a`."],
  ["{{ a xor b }}", "1:6", "`xor` is not an operator here; write `!=`.", "Write `a != b`."],
  ["{{ a <> b }}", "1:6", "`<>` is not an operator here; write `!=`.", "Write `a != b`."],
  ["{{ a -> b }}", "1:6", "`->` is not an operator here; write `.`.", "Write `a.b`."],
  ["{{ a::b }}", "1:5", "`::` is not an operator here; write `.`.", "Write `a.b`."],
  ["{{ a ^ b }}", "1:6", "`^` is not an operator here; write `**`.", "Write `a ** b`."],
  [
    "{{ lambda x: x }}",
    "1:4",
    "`lambda` is not an operator here.",
    "Use a filter such as `map`, `select` or `sort`, or a macro.",
  ],
  [
    "{{ a # b }}",
    "1:6",
    "`#` does not begin a comment inside a tag.",
    "Put the comment before or behind the tag: `{# … #}`.",
  ],
  [
    "{{ /* a */ b }}",
    "1:4",
    "`/*` does not begin a comment here.",
    "Write the comment outside of the tag: `{# … #}`.",
  ],
]);

refusals("what editors make of quotes and signs", [
  [
    "{{ “a” }}",
    "1:4",
    "`“` is a typographic quote, which does not begin or end a string.",
    "Write a straight quote, `\"` or `'`.",
  ],
  [
    "{{ ‘a’ }}",
    "1:4",
    "`‘` is a typographic quote, which does not begin or end a string.",
    "Write a straight quote, `\"` or `'`.",
  ],
  [
    "{% if a &lt; b %}",
    "1:9",
    "`&lt;` is a character reference of HTML; write `<`.",
    "Write tags in the source of the page, where nothing is escaped.",
  ],
  [
    "{% if a &amp;&amp; b %}",
    "1:9",
    "`&amp;&amp;` is a character reference of HTML; write `and`.",
    "Write tags in the source of the page, where nothing is escaped.",
  ],
  [
    "{{ a­b }}",
    "1:5",
    "`U+00AD` means nothing inside a tag.",
    "Remove it, or put it in quotes if it belongs to a text.",
  ],
  [
    "{{ @a }}",
    "1:4",
    "`@` means nothing inside a tag.",
    "Remove it, or put it in quotes if it belongs to a text.",
  ],
]);

refusals("comparisons with one equals sign", [
  ["{% if a = b %}", "1:9", "`=` binds a name; compare with `==`.", "Write `a == b`."],
  [
    "{% if a %}{% elif b = c %}{% endif %}",
    "1:21",
    "`=` binds a name; compare with `==`.",
    "Write `a == b`.",
  ],
  [
    "{{ a = 1 }}",
    "1:6",
    "Expected an operator or `}}`, found `=`.",
    "Compare with `==`; bind a name with `{% set name = value %}`.",
  ],
]);

refusals("a missing operand or operator", [
  [
    "{{ a b }}",
    "1:6",
    "Expected an operator or `}}`, found `b`.",
    "Write an operator before `b`, such as `~`, `and` or `==`, or remove it.",
  ],
  [
    "{{ a 'b' }}",
    "1:6",
    'Expected an operator or `}}`, found the string "b".',
    'Write an operator before the string "b", such as `~`, `and` or `==`, or remove it.',
  ],
  ["{{ 2 * }}", "1:8", "Expected an expression, found `}}`.", "Write a value behind `*`, or remove it."],
  ["{{ * 2 }}", "1:4", "Expected an expression, found `*`.", "Write an expression in place of `*`."],
  ["{{ a + }}", "1:8", "Expected an expression, found `}}`.", "Write a value behind `+`, or remove it."],
  ["{{ a if }}", "1:9", "Expected an expression, found `}}`.", "Write an expression before `}}`."],
  ["{{ a if b else }}", "1:16", "Expected an expression, found `}}`.", "Write an expression before `}}`."],
  ["{{ , }}", "1:4", "Expected an expression, found `,`.", "Write an expression in place of `,`."],
  [
    "{{ a not b }}",
    "1:6",
    "Expected an operator or `}}`, found `not`.",
    "Write an operator before `not`, such as `~`, `and` or `==`, or remove it.",
  ],
  [
    "{{ in }}",
    "1:4",
    "Expected an expression, found `in`.",
    "`in` is a word of the language and cannot be a name.",
  ],
  ["{% if %}{% endif %}", "1:7", "Expected an expression, found `%}`.", "Write an expression before `%}`."],
]);

refusals("literals", [
  [
    "{{ 'abc }}",
    "1:4",
    "The string that begins here is never closed; expected `'`.",
    "Write `'` at the end of the string.",
  ],
  [
    '{{ "\\xZZ" }}',
    "1:5",
    "`\\x` is not an escape.",
    "Complete the escape, or double the backslash to mean the backslash.",
  ],
  [
    '{{ "a\\u{110000}" }}',
    "1:6",
    "`\\u{110000}` is not an escape.",
    "Complete the escape, or double the backslash to mean the backslash.",
  ],
  ["{{ 1a }}", "1:4", "`1a` is neither a number nor a name.", "Begin names with a letter or `_`."],
  [
    "{{ 1__0 }}",
    "1:4",
    "`1__0` is not a number: each `_` must stand between two digits.",
    "Write it as `42`, `1_000`, `0xFF`, `1.5` or `2e10`.",
  ],
  ["{{ 0xZ }}", "1:4", "`0xZ` is not a number.", "Write it as `42`, `1_000`, `0xFF`, `1.5` or `2e10`."],
  [
    "{{ 007 }}",
    "1:4",
    "`007` is not a number: it begins with 0.",
    "Write it as `42`, `1_000`, `0xFF`, `1.5` or `2e10`.",
  ],
  ["{{ .5 }}", "1:4", "`.5` is not a number: a digit is missing before the dot.", "Write `0.5`."],
]);

refusals("attributes and items", [
  [
    "{{ a. }}",
    "1:7",
    "Expected a name or an index behind `.`, found `}}`.",
    "Write `a.name`, `a.0` or `a[key]`.",
  ],
  [
    "{{ a.'b' }}",
    "1:6",
    'Expected a name or an index behind `.`, found the string "b".',
    "Write `a.name`, `a.0` or `a[key]`.",
  ],
  ["{{ a[] }}", "1:6", "Expected a key or a slice, found `]`.", "Write `a[0]`, `a[key]` or `a[1:3]`."],
  ["{{ a[1:2:3:4] }}", "1:11", "Expected `]`, found `:`.", "A slice is `[start:stop:step]`."],
  [
    "{{ a | sort[0] }}",
    "1:12",
    "Expected an operator or `}}`, found `[`.",
    "Put what stands before `[` in brackets, as in `(names | sort)[0]`.",
  ],
]);

refusals("filters and tests", [
  [
    "{{ a | }}",
    "1:8",
    "Expected the name of a filter, found `}}`.",
    "Write the name of a filter before `}}`.",
  ],
  [
    "{{ a | 'x' }}",
    "1:8",
    'Expected the name of a filter, found the string "x".',
    'Write the name of a filter in place of the string "x".',
  ],
  ["{{ a is }}", "1:9", "Expected the name of a test, found `}}`.", "Write the name of a test before `}}`."],
  [
    "{{ a is not }}",
    "1:13",
    "Expected the name of a test, found `}}`.",
    "Write the name of a test before `}}`.",
  ],
  ["{{ a is b is c }}", "1:11", "Tests cannot be chained.", "Write `a is first and a is second`."],
]);

refusals("arguments", [
  ["{{ f(a b) }}", "1:8", "Expected `,` or `)`, found `b`.", "Write `,` before `b`, or remove it."],
  ["{{ f(a: 1) }}", "1:7", "Expected `,` or `)`, found `:`.", "Name an argument with `=`: `f(name=value)`."],
  [
    "{{ f(a=1, 2) }}",
    "1:11",
    "An argument without a name cannot stand behind named arguments.",
    "Put it before named arguments, or give it its name.",
  ],
  [
    "{{ f(*a, 2) }}",
    "1:10",
    "An argument without a name cannot stand behind `*`.",
    "Put it before `*`, or give it its name.",
  ],
  ["{{ f(a=1, a=2) }}", "1:11", "The argument `a` is given twice.", "Remove one of the two."],
  ["{{ f(*a, *b) }}", "1:10", "`*` can stand only once in a call.", "Join the lists before: `*(one + two)`."],
  ["{{ f(**a, *b) }}", "1:11", "`*` cannot stand behind `**`.", "Put it before `**`."],
  ["{{ f(**a, **b) }}", "1:11", "`**` can stand only once in a call.", "Join the dicts before the call."],
  ["{{ f(**a, b=1) }}", "1:11", "A named argument cannot stand behind `**`.", "Put it before `**`."],
]);

refusals("lists and dicts", [
  ["{{ [1 2] }}", "1:7", "Expected `,` or `]`, found `2`.", "Write `,` before `2`, or remove it."],
  ["{{ [1, , 2] }}", "1:8", "Expected an expression, found `,`.", "Write an expression in place of `,`."],
  ["{{ {a} }}", "1:6", "Expected `:`, found `}`.", 'Write `"a": a`.'],
  ["{{ {a, b} }}", "1:6", "Expected `:`, found `,`.", 'Write `"a": a`.'],
  [
    "{{ {'a': 1 'b': 2} }}",
    "1:12",
    'Expected `,` or `}`, found the string "b".',
    'Write `,` before the string "b", or remove it.',
  ],
]);
