/** Spellings of a path that careless readers take for another one, made from a seed so that a failure comes again. */

/** Whole numbers below a bound, the same ones for the same seed. */
export type Random = (below: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const hex = (character: string, random: Random): string => {
  const code = character.charCodeAt(0).toString(16).padStart(2, "0");
  return `%${random(2) === 0 ? code : code.toUpperCase()}`;
};

const inserted = [
  ...[
    "/",
    "//",
    "/.",
    "/./",
    "/..",
    "/../",
    "/x/..",
    "/x/../",
    "%2f",
    "%2F",
    "%252f",
    "%5c",
    "%5C",
    "\\",
    "\\..",
  ],
  ...[
    "%00",
    "%0a",
    "%0d%0a",
    "%09",
    "\t",
    " ",
    "%20",
    "+",
    ";",
    ";x",
    ";x=1",
    ";jsessionid=1",
    "%3b",
    "%3f",
    "?",
    "?x",
    "#",
    "%23",
  ],
  ...[
    ".",
    "..",
    "...",
    "%2e",
    "%2e%2e",
    "%2e%2e/",
    "%252e",
    ".json",
    ".rsc",
    ".css",
    "~",
    "%",
    "%2",
    "%zz",
    "%u002f",
    "*",
    ":",
    "@",
    "&",
  ],
  ...[
    "%c0%af",
    "%c1%9c",
    "%e0%80%af",
    "%ef%bc%8f",
    "%ff",
    "%ed%a0%80",
    "\u00a0",
    "%c2%a0",
    "\u2028",
    "\u202e",
    "ａ",
    "é",
    "%C3%A9",
    "\0",
  ],
];
const heads = [
  "",
  "",
  "",
  "",
  "/",
  "//",
  "/.",
  "\\",
  "http://h",
  "http://evil.test",
  "https://h",
  "//evil.test",
  "*",
  "?",
  "%2f",
  "/x/..",
];
const confusables: Record<string, string[]> = {
  a: ["ａ", "%EF%BD%81", "%C1%A1", "%u0061", "А"],
  s: ["ſ", "%C5%BF"],
  i: ["ı", "%C4%B1"],
  k: ["K", "%E2%84%AA"],
};

function rewritten(path: string, random: Random): string {
  const at = random(path.length + 1);
  switch (random(7)) {
    case 0:
      return path.replace(/[a-z]/g, (letter) => (random(3) === 0 ? hex(letter, random) : letter));
    case 1:
      return path.replace(/[a-z]/g, (letter) => (random(3) === 0 ? letter.toUpperCase() : letter));
    case 2:
      return path.replace(/%/g, (percent) => (random(2) === 0 ? "%25" : percent));
    case 3:
      return path.replace(/[asik]/, (letter) => {
        const others = confusables[letter] ?? [letter];
        return others[random(others.length)] ?? letter;
      });
    case 4:
      return path.slice(0, at) + path.slice(at + 1);
    default:
      return path.slice(0, at) + (inserted[random(inserted.length)] ?? "") + path.slice(at);
  }
}

/** One spelling of one of the paths, from none to four rewritings deep. */
export function spelling(paths: readonly string[], random: Random): string {
  let path = paths[random(paths.length)] ?? "/";
  for (let left = random(5); left > 0; left--) path = rewritten(path, random);
  return `${heads[random(heads.length)] ?? ""}${path}`;
}
