/** Random templates of values, operators, filters and tags, the same ones for the same seed. */

/** Filters with arguments, in which `#` is another expression. */
const filters = [
  ..."upper lower title capitalize trim string first last list reverse sort unique length e escape".split(
    " ",
  ),
  ..."forceescape striptags urlize tojson pprint wordcount center wordwrap indent xmlattr".split(" "),
  ..."dictsort items slugify urlencode join count max min sum batch(2) slice(2) random".split(" "),
  ...[
    "join(#)",
    "replace(#, #)",
    "replace('e', #)",
    "default(#)",
    "default(#, true)",
    "format(#)",
    "format(#, #)",
  ],
  ...["indent(2, true)", "truncate(5)", "truncate(5, true, #)", "truncate(9, false, #, 0)", "center(20)"],
  ...["batch(2, #)", "slice(2, #)", "map('upper')", "map('e')", "map('string')", "map('replace', 'e', #)"],
  ...[
    "map(attribute='name')",
    "map(attribute='name', default=#)",
    "join(', ', attribute='name')",
    "attr('key')",
  ],
  ...[
    "select",
    "reject",
    "select('string')",
    "selectattr('name')",
    "groupby('name')",
    "sort(attribute='name')",
  ],
  ...[
    "wordwrap(3, true, #)",
    "urlize(9, target=#)",
    "urlize(rel=#)",
    "trim(#)",
    "xmlattr(false)",
    "tojson(2)",
  ],
  ...["replace(#, '')", "sum(start=#)", "map('default', #)", "map('join', #)", "map('format', #)"],
];

const leaves = [
  ..."evil evil list dict rows markup nothing none true 1".split(" "),
  // Names whose values change from one render to the next.
  ..."a a b b c c d d a b c d".split(" "),
  ...[
    "'<b>'|safe",
    "'%s'|safe",
    "'{}'|safe",
    "'<i>%s</i>'|safe",
    "'e'|safe",
    "'a&amp;b'|safe",
    "''|safe",
    "''",
  ],
  ...[
    "'%s and %s'",
    "'{} {}'",
    "', '",
    "dict.key",
    "list[0]",
    "list[-1]",
    "rows[0].name",
    "list[1:]",
    "evil[0:5]",
  ],
  ...[
    "markup[0:3]",
    "[]",
    "{}",
    "dict.items()",
    "dict.keys()",
    "evil.upper()",
    "evil.split('x')",
    "range(2)",
  ],
];

const methods = [
  ...[
    "upper()",
    "lower()",
    "strip()",
    "replace('e', #)",
    "replace(#, 'e')",
    "join(#)",
    "join([#, #])",
    "format(#)",
  ],
  ...[
    "split()",
    "title()",
    "center(9)",
    "concat(#)",
    "slice(0, 9)",
    "toUpperCase()",
    "trim()",
    "padStart(40, #)",
  ],
  ...[
    "repeat(2)",
    "replaceAll('e', #)",
    "at(0)",
    "format(a=#)",
    "ljust(20, #)",
    "partition(#)",
    "splitlines()",
  ],
];

/** Templates around an expression, in which `#` is one. */
const templates = [
  "{{ # }}",
  "{{ # }}",
  "{{ # }}",
  "{{ # }}{{ # }}",
  "{% if # %}{{ # }}{% else %}{{ # }}{% endif %}",
  "{% for x in # %}{{ x }}{{ loop.index ~ x }}{% else %}{{ # }}{% endfor %}",
  "{% for x in [#, #] %}{{ x ~ # }}{{ loop.cycle(x, #) }}{% endfor %}",
  "{% set x = # %}{{ x ~ # }}",
  "{% set x %}{{ # }}<b>{% endset %}{{ x ~ # }}{{ x | FILTER }}",
  "{% set x | FILTER %}{{ # }}{% endset %}{{ x }}",
  "{% filter FILTER %}{{ # }}<b>{% endfilter %}",
  "{% macro m(a, b=#) %}{{ a }}<b>{{ b }}{% endmacro %}{{ m(#) }}{{ m(#, #) ~ # }}{{ m(m(#)) | FILTER }}",
  "{% macro m(a) %}{{ caller(a) }}{% endmacro %}{% call(x) m(#) %}{{ x }}{{ # }}{% endcall %}",
  "{% macro m() %}{{ varargs }}{{ kwargs }}{{ varargs | join(#) }}{% endmacro %}{{ m(#, a=#) }}",
  "{% with a = #, b = # %}{{ a ~ b }}{{ a + b }}{% endwith %}",
  "{% block NAME %}{{ # }}{% endblock %}{{ self.NAME() }}{{ self.NAME() ~ # }}",
  "{% set n = namespace(a=#) %}{% set n.b = # %}{{ n.a ~ n.b }}",
  "{% set c = cycler(#, #) %}{{ c.next() }}{{ c.next() ~ # }}{% set j = joiner(#) %}{{ j() }}{{ j() }}",
  "{% autoescape true %}{{ # }}{% endautoescape %}",
];

export class ExpressionTrees {
  #state: number;
  #blocks = 0;
  readonly #filters: readonly string[];

  /** `more` are further filters. */
  constructor(seed: number, more: readonly string[] = []) {
    this.#state = seed;
    this.#filters = [...filters, ...more.flatMap((name) => Array.from({ length: 20 }, () => name))];
  }

  /** A template with expressions of at most four levels. */
  template(): string {
    return this.#filled(this.#pick(templates), 3)
      .replaceAll("FILTER", () => this.#filled(this.#pick(this.#filters), 0))
      .replaceAll("NAME", `own${this.#blocks++}`);
  }

  #expression(depth: number): string {
    if (depth === 0) return `(${this.#pick(leaves)})`;
    const one = (): string => this.#expression(this.#below(depth));
    switch (this.#below(9)) {
      case 0:
        return `(${one()} ~ ${one()})`;
      case 1:
        return `(${one()} + ${one()})`;
      case 2:
        return `(${one()} if ${one()} else ${one()})`;
      case 3:
        return `[${one()}, ${one()}]`;
      case 4:
        return `(${one()} ${this.#pick(["%", "*", "or", "and"])} ${one()})`;
      case 5:
        return `${one()}.${this.#filled(this.#pick(methods), depth - 1)}`;
      default:
        return `(${one()} | ${this.#filled(this.#pick(this.#filters), depth - 1)})`;
    }
  }

  #filled(text: string, depth: number): string {
    return text.replaceAll("#", () => this.#expression(this.#below(depth + 1)));
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)] as Item;
  }

  /** A whole number from 0 to below a limit (mulberry32). */
  #below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  }
}
