/** Compares what the engines have written, byte by byte. */

/** What is the same to a browser and spelled in several ways; nothing else is made alike. */
const spellings = /&#34;|&#39;|&#x27;|&#x3D;|&#47;|&#x2F;|&#x60;|&#96;/g;
const meanings: Readonly<Record<string, string>> = {
  "&#34;": "&quot;",
  "&#39;": "'",
  "&#x27;": "'",
  "&#x3D;": "=",
  "&#47;": "/",
  "&#x2F;": "/",
  "&#x60;": "`",
  "&#96;": "`",
};

/** What is said beside the figures. */
export const sameness =
  "The outputs are equal byte by byte, but for how the references of \" ' = / ` are spelled (&#39;, &#x27; or the character).";

/** The text with each reference in one spelling. */
function plain(text: string): string {
  return text.replaceAll(spellings, (spelling) => meanings[spelling]!);
}

/** Where two texts differ, or nothing where they are the same. */
export function difference(wanted: string, found: string): string | undefined {
  const [a, b] = [plain(wanted), plain(found)];
  if (a === b) return undefined;
  let at = 0;
  while (a[at] === b[at]) at++;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 30), at + 50));
  return `at ${at} of ${a.length}: ${around(b)} instead of ${around(a)}`;
}
