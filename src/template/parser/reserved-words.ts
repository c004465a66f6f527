/** Words that are operators or values and so cannot be names. */

/** Words that the grammar of expressions gives a meaning of their own. */
export const operatorWords: ReadonlySet<string> = new Set(["and", "or", "not", "in", "is", "if", "else"]);

/** What the words for values stand for; both spellings are Jinja's, `null` is for those who come from JavaScript. */
export const valueWords: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["none", null],
  ["None", null],
  ["null", null],
]);
