/** Makes templates: pieces of the language put together, and changed in a few places. */
import { Random } from "../../test/http/threats/random.ts";
import { mutatedText } from "./mutated-text.ts";

const seeds: readonly string[] = [
  "<h1>{{ a }}</h1>{% for x in list %}<li>{{ loop.index }} {{ x | upper }}</li>{% else %}none{% endfor %}",
  "{% set n = namespace(sum=0) %}{% for x in range(9) if x is odd %}{% set n.sum = n.sum + x %}{% endfor %}{{ n.sum }}",
  '{% macro f(x, y=x ~ 1) %}<b title="{{ x }}">{{ y }}{{ caller() if caller }}</b>{% endmacro %}{% call(z) f(a, y=b) %}{{ z }}{% endcall %}',
  '{% extends "layout" %}{% block main scoped %}{{ super() }}{{ self.main }}{% endblock %}',
  '{% include ["nothing", "part"] ignore missing with context %}{% from "part" import f as g %}{{ g(1, *list, **object) }}',
  "{% for x in tree recursive %}{{ x.name }}{{ loop(x.below) }}{% if x %}{% continue %}{% endif %}{% endfor %}",
  '<a href="{{ a }}" onclick="f({{ object }})" style="color: {{ b }}">{{ "%s %05.2f" | format(a, 1.5) }}</a>',
  "<script>let x = {{ list | tojson }};</script>{# note #}{% raw %}{{ raw }}{% endraw %}{% filter indent(4) | trim %}\n{{ a }}{% endfilter %}",
  "{{ list[1:-1:2] }}{{ a[::-1] }}{{ object['a'].b | default('d', true) }}{{ 1 < 2 <= 3 not in list }}{{ -a ** 2 // 3 % 4 }}",
  "{% with a = 1, b = a %}{% autoescape false %}{{ a ~ b }}{% set x %}{{ html }}{% endset %}{{ x | safe }}{% endautoescape %}{% endwith %}",
  "{{ users | groupby('name') | map('first') | list | sort(attribute='0', reverse=true) | batch(2, 0) | list }}{{ 'a b' | wordwrap(3) | urlize }}",
];

const pieces: readonly string[] = [
  ...'{{ |}}|{% |%}|{#|#}|-%}|{%-|+%}|(|)|[|]|{|}|,|:|.|~|*|**|\'|"|\\|<|>|</script>|<script>|<!--|-->|="|\0|\u2028|\ud800|é'.split(
    "|",
  ),
  ...[
    "|",
    "| first",
    "| length",
    "| join(a)",
    "| safe",
    "| map(attribute='__proto__')",
    "| format(a, b)",
    "| tojson",
  ],
  ...[
    "constructor",
    "__proto__",
    "prototype",
    "a.constructor",
    "toString",
    "self",
    "loop",
    "super()",
    "caller()",
  ],
  ...[
    "{% if a %}",
    "{% endif %}",
    "{% else %}",
    "{% endfor %}",
    "{% break %}",
    "{% endblock %}",
    "{% endset %}",
  ],
  ...[
    "{% for x in range(99999) %}",
    "{{ 'x' * 99999 }}",
    "2 ** 99999",
    "1e999",
    "0x1f",
    "{{ f() }}",
    "{% do list.append(list) %}",
  ],
  ...[
    '{% include "part" %}',
    '{% include "itself" %}',
    '{% extends "layout" %}',
    "{% macro f() %}",
    "{% endmacro %}",
  ],
  ...["is defined", "is odd", "not in", "if a else b", "recursive", "scoped", "required", "without context"],
];

/** An endless, reproducible row of templates. */
export class TemplateInputs {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  next(): Buffer {
    const random = this.#random;
    let text = "";
    for (let times = random.between(1, 3); times > 0; times--) text += random.pick(seeds);
    for (let times = random.oneIn(2) ? random.below(6) : random.below(2); times > 0; times--)
      text = mutatedText(text, pieces, random, 500);
    return Buffer.from(text);
  }

  cut(octets: Uint8Array): Uint8Array[] {
    return [octets];
  }
}
