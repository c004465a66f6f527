/** Makes pages: pieces of HTML with a value in every kind of place, changed in a few places. */
import { Random } from "../../test/http/threats/random.ts";

const pieces: readonly string[] = [
  "<p>{{ v }}</p>",
  "<div title=\"a {{ v }} b\" class={{ v }} data-x='{{ v }}'>x</div>",
  '<a href="{{ v }}">x</a>',
  "<a href={{ v }}>x</a>",
  "<a href='/search?q={{ v }}&amp;r={{ v }}#{{ v }}'>x</a>",
  '<img src="{{ v }}" alt={{ v }} srcset="{{ v }} 2x, b.png">',
  '<form action="{{ v }}"><button formaction={{ v }}>x</button><textarea>{{ v }}</textarea></form>',
  "<title>{{ v }}</title>",
  "<!-- {{ v }} -->",
  "<script>var a = {{ v }};</script>",
  "<script>var a = \"x{{ v }}y\", b = '{{ v }}';</script>",
  `<script>var a = \`x{{ v }}\${1 + {{ v }}}\`; // {{ v }}\n</script>`,
  "<script>var a = /x{{ v }}y/; /* {{ v }} */</script>",
  '<script type="application/json">{"a": {{ v }}, "b": "{{ v }}"}</script>',
  "<style>p { color: {{ v }}; background: url({{ v }}); }</style>",
  '<style>p::before { content: "{{ v }}"; } /* {{ v }} */</style>',
  "<p style=\"color: {{ v }}; background: url('{{ v }}')\">x</p>",
  '<button onclick="f({{ v }})">x</button>',
  "<button onclick='f(\"{{ v }}\")'>x</button>",
  "<button onclick=f({{ v }})>x</button>",
  "<iframe srcdoc=\"<p title='{{ v }}'>{{ v }}</p>\"></iframe>",
  '<svg><a xlink:href="{{ v }}"><text>{{ v }}</text></a></svg>',
  '<input value="{{ v }}"{% if v %} checked{% endif %}>',
  '<p {% if v %}id="{{ v }}"{% endif %}>{% for x in [v, v] %}{{ x }}{% endfor %}</p>',
  '{% macro m(x) %}[{{ x }}]{% endmacro %}<p title="{{ m(v) }}">{{ m(v) }}</p>',
  "<noscript>{{ v }}</noscript><template>{{ v }}</template>",
];

const changes = [
  "'",
  '"',
  " ",
  ">",
  "<",
  "/",
  "=",
  "`",
  "\\",
  "&",
  "-",
  "{{ v }}",
  "<script>",
  "</script>",
  "<!--",
  "-->",
];

/** An endless, reproducible row of pages. */
export class EscaperInputs {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  next(): Buffer {
    const random = this.#random;
    let text = "";
    for (let times = random.between(1, 3); times > 0; times--) text += random.pick(pieces);
    for (let times = random.oneIn(2) ? 0 : random.between(1, 3); times > 0; times--) {
      const at = random.below(text.length + 1);
      text =
        text.slice(0, at) + (random.oneIn(3) ? "" : random.pick(changes)) + text.slice(at + random.below(2));
    }
    return Buffer.from(text);
  }

  cut(octets: Uint8Array): Uint8Array[] {
    return [octets];
  }
}
