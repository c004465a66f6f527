/** What is read back from a place in a browser, and what it must be for a value. */

/** How newlines, NUL and unpaired surrogates come through UTF-8 and the HTML parser, which no escaping changes. */
const throughMarkup = (value: string): string => value.toWellFormed().replace(/\r\n?/g, "\n");

export interface Reading {
  /** JavaScript: a function of the element around the place, and of its number. */
  readonly read: string;
  readonly expected: (value: string) => string;
}

/** The value as a script gets it: all of it. */
export const exact = (value: string): string => value;

/** The value as it can be sent: UTF-8 has no unpaired surrogates. */
export const wellFormed = (value: string): string => value.toWellFormed();

/** Only that nothing runs, and that the elements are the same as with another value. */
export const nothing: Reading = { read: "() => ''", expected: () => "" };

/** The text of an element, in which parsers leave NUL out. */
export function shownText(selector: string): Reading {
  return {
    read: `(element) => element.querySelector("${selector}").textContent`,
    expected: (value) => throughMarkup(value).replaceAll("\0", ""),
  };
}

/** Text in which parsers replace NUL. */
export function attributeText(selector: string, property: string): Reading {
  return {
    read: `(element) => element.querySelector("${selector}").${property}`,
    expected: (value) => throughMarkup(value).replaceAll("\0", "\ufffd"),
  };
}

export function attribute(name: string): Reading {
  return {
    ...attributeText("", ""),
    read: `(element) => element.firstElementChild.getAttribute("${name}")`,
  };
}

/** Line ends are references here, so they stay what they are. */
export function unquotedText(name: string): Reading {
  return {
    read: `(element) => element.firstElementChild.getAttribute("${name}")`,
    expected: (value) => value.toWellFormed().replaceAll("\0", "\ufffd"),
  };
}

/** A `<textarea>`: the first line end behind its start tag does not count. */
export const lines: Reading = {
  read: "(element) => element.firstElementChild.value",
  expected: (value) => attributeText("", "").expected(value).replace(/^\n/, ""),
};

/** An address, as the browser understands it, that runs nothing. */
export function harmlessUrl(selector: string, property: string): Reading {
  return {
    read: `(element) => harmless(element.querySelector("${selector}").${property})`,
    expected: () => "harmless",
  };
}

/** The same for pictures, which may be `data:`. */
export function harmlessPicture(selector: string, property: string): Reading {
  return {
    read: `(element) => harmless(element.querySelector("${selector}").${property}, true)`,
    expected: () => "harmless",
  };
}

/** An address on this host, for a value behind a path. */
export function sameHost(selector: string, property: string): Reading {
  return {
    read: `(element) => new URL(element.querySelector("${selector}").${property}).origin === origin ? "" : "elsewhere"`,
    expected: () => "",
  };
}

/** What a script in the page was given. */
export function ran(expected: (value: string) => string): Reading {
  return { read: "(element, index) => got[index]", expected };
}

/** What an event handler was given when its element was clicked. */
export const clicked = ran;

/** What a script reads from a block of data. */
export function received(path: string, expected: (value: string) => string): Reading {
  return {
    read: `(element) => { const parsed = JSON.parse(element.firstElementChild.textContent); return ${path}; }`,
    expected,
  };
}

/** Declarations that have no other properties than the template gave them, and load nothing but one picture. */
export function styleProperties(path: string): Reading {
  return {
    read: `(element) => {
      const { sheet } = element.firstElementChild;
      if (sheet && sheet.cssRules.length !== 1) return "rules: " + sheet.cssRules.length;
      const names = [...element.firstElementChild.${path}];
      return names.filter((name) => !/^(?:color|width|content|background-.*)$/.test(name)).join();
    }`,
    expected: () => "",
  };
}

/** The text of a string of CSS. */
export const styleText: Reading = {
  read: `(element) => element.firstElementChild.style.content.slice(1, -1)
    .replace(/\\\\(?:([0-9a-f]{1,6}) ?|(.))/gi, (all, code, character) =>
      code ? String.fromCodePoint(parseInt(code, 16)) : character)`,
  expected: (value) => value.toWellFormed().replaceAll("\0", "\ufffd"),
};
