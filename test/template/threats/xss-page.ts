/** A page with the values of one place, and what is done with it in the browser. */
import type { Place } from "./xss-places.ts";

/** The value that the others are compared with. */
const HARMLESS = "harmless";

export interface Page {
  readonly markup: string;
  /** What is to be read from each case. */
  readonly expected: readonly string[];
  /** The values of each case. */
  readonly cases: readonly (readonly string[])[];
}

/** All values in one place, the first of them harmless. */
export function pageOf({ render, reading, loads, group = 1 }: Place, vectors: readonly string[]): Page {
  const values = [HARMLESS, ...vectors];
  const cases: string[][] = [];
  for (let index = 0; index < values.length; index += group) cases.push(values.slice(index, index + group));
  const body = cases.map((some) => `<div class=case>${render(some)}</div>`).join("\n");
  return {
    markup: `<!doctype html><meta charset=utf-8><link rel=icon href=data:,>${loads ? nowhere : ""}<script>${before}</script>
<body><iframe name=sink></iframe>\n${body}\n</body>`,
    expected: cases.map((some) => some.map((value) => reading.expected(value)).join("|")),
    cases,
  };
}

/** Relative addresses lead to a port that browsers refuse, where thousands of them would only take time. */
const nowhere = "<base href=http://127.0.0.1:1/>";

/** Runs in the page before everything else. */
const before = `
  window.got = [];
  window.hit = (...told) => void fetch(origin + "/hit?" + told, { keepalive: true });
  window.alert = window.confirm = window.prompt = window.print = () => hit("dialog");
  const schemes = ["http:", "https:", "mailto:", "tel:"];
  window.harmless = (address, picture = false) => {
    if (address.startsWith("about:invalid#limpid")) return "harmless";
    const url = URL.parse(address, document.baseURI);
    const isPicture = picture && /^data:image\\/(?:png|gif|jpeg|webp|avif)[;,]/.test(address);
    return url === null || isPicture || schemes.includes(url.protocol) ? "harmless" : address;
  };
  addEventListener("click", (event) => {
    const link = event.target.closest("a, area");
    if (link && harmless(link.href.baseVal ?? link.href) === "harmless") event.preventDefault();
  });
  addEventListener("submit", (event) => {
    const address = event.submitter?.getAttribute("formaction") ?? event.target.getAttribute("action");
    if (harmless(address ?? "") === "harmless") event.preventDefault();
  });
`;

/** Does what a reader might do, then tells what is not as it should be. */
export function inspection({ reading: { read }, loads }: Place): string {
  const elements = loads ? 8 : 7;
  return `(async () => {
    const expected = await (await fetch(origin + "/place/expected")).json();
    const cases = [...document.querySelectorAll("body > .case")];
    const found = [];
    const shape = (element) => [...element.querySelectorAll("*")].map((one) =>
      one.tagName + "[" + [...one.attributes].map(({ name }) => name) + "]").join();
    const first = shape(cases[0]);
    const outside = document.querySelectorAll("*").length - document.querySelectorAll(".case, .case *").length;
    if (outside !== ${elements}) found.push([-1, outside + " elements of the page", "${elements}"]);
    if (cases.length !== expected.length) found.push([-1, cases.length + " cases", expected.length + ""]);
    for (const one of cases) {
      for (const element of one.querySelectorAll("*")) {
        for (const type of ["mouseover", "mouseenter", "pointerenter", "focus", "focusin", "toggle"])
          element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
        if (element.matches("a, area, button, [onclick]"))
          element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    const read = ${read};
    for (const [index, one] of cases.entries()) {
      if (shape(one) !== first && !one.querySelector("a[rel], a[href^='mailto:']")) found.push([index, shape(one), first]);
      let value;
      try {
        value = read(one, index);
      } catch (error) {
        value = String(error);
      }
      if (value !== expected[index]) found.push([index, JSON.stringify(value), JSON.stringify(expected[index])]);
    }
    return found;
  })()`;
}
