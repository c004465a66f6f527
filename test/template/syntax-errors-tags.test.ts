/** How tags begin and end. */
import { refusals } from "./syntax-errors.ts";

refusals("a tag that is never closed", [
  ["a\n{{ x", "2:1", "`{{` is never closed; expected `}}`.", "Write `}}` where the tag ends."],
  ["<p>\n{% if x", "2:1", "`{%` is never closed; expected `%}`.", "Write `%}` where the tag ends."],
  [
    "{{ x\n{% if y %}{% endif %}",
    "2:1",
    "`{{` on line 1 is not closed before `{%`; expected `}}`.",
    "Write `}}` before `{%`.",
  ],
  [
    "{% if x {{ y }} %}",
    "1:9",
    "`{%` on line 1 is not closed before `{{`; expected `%}`.",
    "Write `%}` before `{{`.",
  ],
  [
    "{{ a {# note #} }}",
    "1:6",
    "`{{` on line 1 is not closed before `{#`; expected `}}`.",
    "Write `}}` before `{#`.",
  ],
  ["a\n{# x", "2:1", "`{#` is never closed; expected `#}`.", "Write `#}` where the comment ends."],
  [
    "a\n{% raw %}x",
    "2:1",
    "`{% raw %}` is never closed; expected `{% endraw %}`.",
    "Write `{% endraw %}` behind the text that is to stay as it is.",
  ],
  [
    '{{ "a\\nb }}\n<p class="c">{{ d }}',
    "1:4",
    "The string that begins here goes on over `}}` up to line 2; did you close it?",
    'Write `"` at the end of the string.',
  ],
  ["{{ f(a,\n<b>", "2:1", "Expected an expression, found `<`.", "Write an expression in place of `<`."],
]);

refusals("a tag closed by the wrong delimiter", [
  [
    "{{ x }",
    "1:6",
    "`}` does not close `{{` on line 1; expected `}}`.",
    "Write `}}`; each `{` before it needs a `}` of its own.",
  ],
  ["{{ x %}", "1:6", "`%}` does not close `{{` on line 1; expected `}}`.", "Write `}}`."],
  ["{% if x }}", "1:9", "`}}` does not close `{%` on line 1; expected `%}`.", "Write `%}`."],
  [
    "{%- if x -%",
    "1:11",
    "`%` does not close `{%` on line 1; expected `%}`.",
    "Write `%}`, or a value behind the operator `%`.",
  ],
  [
    "{{ {'a': 1} }",
    "1:13",
    "`}` does not close `{{` on line 1; expected `}}`.",
    "Write `}}`; each `{` before it needs a `}` of its own.",
  ],
]);

refusals("brackets that do not match", [
  ["{{ (a }}", "1:4", "`(` is not closed before `}}` in column 7; expected `)`.", "Write `)` before `}}`."],
  [
    "{% if (a %}x",
    "1:7",
    "`(` is not closed before `%}` in column 10; expected `)`.",
    "Write `)` before `%}`.",
  ],
  [
    "{{ [1, 2 }}",
    "1:4",
    "`[` is not closed before `}}` in column 10; expected `]`.",
    "Write `]` before `}}`.",
  ],
  [
    "{{ f(a,\nb }}",
    "1:5",
    "`(` is not closed before `}}` on line 2; expected `)`.",
    "Write `)` before `}}`.",
  ],
  ["{{ a) }}", "1:5", "`)` closes nothing: no bracket is open.", "Remove `)`, or open the bracket before."],
  ["{{ a] }}", "1:5", "`]` closes nothing: no bracket is open.", "Remove `]`, or open the bracket before."],
  ["{{ (a] }}", "1:4", "`(` is not closed before `]` in column 6; expected `)`.", "Write `)` before `]`."],
  [
    "{% if {'a': 1) %}",
    "1:7",
    "`{` is not closed before `)` in column 14; expected `}`.",
    "Write `}` before `)`.",
  ],
]);

refusals("a tag that is empty, or no tag", [
  [
    "{{ }}",
    "1:1",
    "There is nothing to print between `{{` and `}}`.",
    "Write the name of a value, or remove the tag.",
  ],
  [
    "{% %}",
    "1:4",
    "Expected the name of a tag, found `%}`.",
    "Write a tag such as `if`, `for` or `set`, or remove it.",
  ],
  ["{% = x %}", "1:4", "Expected the name of a tag, found `=`.", "To print a value, write `{{ value }}`."],
  [
    "{% 'x' %}",
    "1:4",
    'Expected the name of a tag, found the string "x".',
    "To print a value, write `{{ value }}`.",
  ],
  [
    "{% user.name %}",
    "1:4",
    "There is no tag `user`.",
    "To print a value, write `{{ user }}`; give tags of your own to the environment.",
  ],
  [
    "{% frobnicate %}",
    "1:4",
    "There is no tag `frobnicate`.",
    "To print a value, write `{{ frobnicate }}`; give tags of your own to the environment.",
  ],
]);

refusals("a tag that does not exist", [
  [
    "{% inculde 'x' %}",
    "1:4",
    "There is no tag `inculde`; did you mean `include`?",
    "Write `{% include … %}`.",
  ],
  [
    "{% if a %}\n{% endfi %}",
    "2:4",
    "There is no tag `endfi`; did you mean `endif`?",
    "Write `{% endif %}`.",
  ],
  [
    "{% if a %}{% elseif b %}{% endif %}",
    "1:14",
    "There is no tag `elseif`; did you mean `elif`?",
    "Write `{% elif … %}`.",
  ],
  ["{% foreach x in y %}", "1:4", "There is no tag `foreach`; did you mean `for`?", "Write `{% for … %}`."],
  ["{% unless x %}", "1:4", "There is no tag `unless`; did you mean `if not`?", "Write `{% if not … %}`."],
  ["{% assign x = 1 %}", "1:4", "There is no tag `assign`; did you mean `set`?", "Write `{% set … %}`."],
]);

refusals("an output that should be a tag", [
  ["{{ if a }}", "1:4", "`if` is a tag; write it as `{% if … %}`.", "Write `{% if … %}`."],
  ["{{ for x in y }}", "1:4", "`for` is a tag; write it as `{% for … %}`.", "Write `{% for … %}`."],
  [
    "{{ include 'x' }}",
    "1:4",
    "`include` is a tag; write it as `{% include … %}`.",
    "Write `{% include … %}`.",
  ],
  ["{{ else }}", "1:4", "`else` is a tag; write it as `{% else %}`.", "Write `{% else %}`."],
  ["{{ csrf 1 }}", "1:4", "`csrf` is a tag; write it as `{% csrf … %}`.", "Write `{% csrf … %}`."],
]);

refusals("an output in a tag", [
  ["{{ {{ a }} }}", "1:4", "`{{` cannot stand inside a tag.", "Write the name alone, without `{{` and `}}`."],
  [
    "{% set x = {{ a }} %}",
    "1:12",
    "`{{` cannot stand inside a tag.",
    "Write the name alone, without `{{` and `}}`.",
  ],
  [
    "{% if {{ a }} %}",
    "1:7",
    "`{{` cannot stand inside a tag.",
    "Write the name alone, without `{{` and `}}`.",
  ],
]);

refusals("a body that is never closed", [
  [
    "a\n{% if x %}\nb",
    "2:1",
    "`{% if %}` on line 2 is never closed; expected `elif`, `else` or `endif`.",
    "Write `{% endif %}` where it ends.",
  ],
  [
    "{% if x %}{% else %}",
    "1:1",
    "`{% if %}` on line 1 is never closed; expected `endif`.",
    "Write `{% endif %}` where it ends.",
  ],
  [
    "{% for x in y %}",
    "1:1",
    "`{% for %}` on line 1 is never closed; expected `else` or `endfor`.",
    "Write `{% endfor %}` where it ends.",
  ],
  [
    "{% for x in y %}{% else %}",
    "1:1",
    "`{% for %}` on line 1 is never closed; expected `endfor`.",
    "Write `{% endfor %}` where it ends.",
  ],
  [
    "{% block a %}{% if x %}{% endif %}",
    "1:1",
    "`{% block %}` on line 1 is never closed; expected `endblock`.",
    "Write `{% endblock %}` where it ends.",
  ],
  [
    "{% set x %}",
    "1:1",
    "`{% set %}` on line 1 is never closed; expected `endset`.",
    "Write `{% endset %}` where it ends.",
  ],
  [
    "{% cache 1 %}",
    "1:1",
    "`{% cache %}` on line 1 is never closed; expected `endcache`.",
    "Write `{% endcache %}` where it ends.",
  ],
]);

refusals("an ending without its beginning", [
  ["{% endfor %}", "1:4", "`endfor` without `for`.", "Remove it, or write `{% for … %}` before it."],
  ["{% else %}", "1:4", "`else` without `if` or `for`.", "Remove it, or write `{% if … %}` before it."],
  ["{% endraw %}", "1:4", "`endraw` without `raw`.", "Remove it, or write `{% raw %}` before it."],
  ["{% csrf %}{% endcsrf %}", "1:14", "`endcsrf` without `csrf`.", "Remove it: `csrf` has no body."],
  [
    "{% if a %}\n{% endif %}\n{% endif %}",
    "3:4",
    "`endif` without `if`; the `if` on line 1 was closed on line 2.",
    "Remove it, or write `{% if … %}` before it.",
  ],
]);

refusals("an ending that closes another tag than the innermost", [
  [
    "<p>\n\n{% if a %}{% endfor %}",
    "3:14",
    "`endfor` without `for`; did you close `if` on line 3?",
    "Write `{% endif %}` before it.",
  ],
  [
    "{% with %}{% else %}{% endwith %}",
    "1:14",
    "`else` without `if` or `for`; did you close `with` on line 1?",
    "Write `{% endwith %}` before it.",
  ],
  [
    "{% for x in y %}\n{% if x %}\n{% endfor %}",
    "3:4",
    "`endfor` belongs to `for` on line 1, but `if` on line 2 is still open; expected `elif`, `else` or `endif`.",
    "Write `{% endif %}` before it.",
  ],
  [
    "{% if a %}{% else %}{% else %}{% endif %}",
    "1:24",
    "`else` cannot stand behind the `else` of `if` on line 1; expected `endif`.",
    "Put it before `else`, or write `{% endif %}`.",
  ],
  [
    "{% if a %}{% else %}{% elif b %}{% endif %}",
    "1:24",
    "`elif` cannot stand behind the `else` of `if` on line 1; expected `endif`.",
    "Put it before `else`, or write `{% endif %}`.",
  ],
]);
