/** Character references of HTML as characters: numbers, and the names that texts are written with. */

// In the order of the characters from U+00A0 on.
const latin =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute " +
  "micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig " +
  "Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash " +
  "Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute " +
  "ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc " +
  "uuml yacute thorn yuml";

const others =
  "amp&lt<gt>quot\"apos'OElig\u0152oelig\u0153Scaron\u0160scaron\u0161ndash\u2013mdash\u2014lsquo\u2018rsquo\u2019" +
  "sbquo\u201aldquo\u201crdquo\u201dbdquo\u201edagger\u2020bull\u2022hellip\u2026permil\u2030prime\u2032Prime\u2033" +
  "lsaquo\u2039rsaquo\u203aeuro\u20actrade\u2122larr\u2190uarr\u2191rarr\u2192darr\u2193minus\u2212infin\u221e" +
  "ne\u2260le\u2264ge\u2265zwnj\u200czwj\u200densp\u2002emsp\u2003thinsp\u2009";

let characters: Map<string, string> | undefined;

/** The text with its references replaced; one of an unknown name stays. */
export function decodeReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z0-9]{2,16}));/g,
    (reference, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) return (characters ??= named()).get(name) ?? reference;
      return characterOf(decimal === undefined ? Number(`0x${hexadecimal}`) : Number(decimal));
    },
  );
}

function characterOf(code: number): string {
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? String.fromCodePoint(code) : "\ufffd";
}

function named(): Map<string, string> {
  const map = new Map(latin.split(" ").map((name, index) => [name, String.fromCharCode(0xa0 + index)]));
  for (const [, name = "", character = ""] of others.matchAll(/([A-Za-z]+)([^A-Za-z])/g))
    map.set(name, character);
  return map;
}
