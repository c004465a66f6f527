/** What every engine has to do, and how one time of it is made. */
import { attributesData, largeData, largeSource, pageData, tableData } from "./data.ts";
import type { Data, Engine } from "./engine.ts";

/** A thing to measure. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  /** Whether the result is also measured with its writing into a `Buffer`. */
  readonly written: boolean;
  /** The work of one time, or nothing for an engine that does not take part. */
  prepare(engine: Engine): (() => string) | undefined;
}

function rendered(name: string, about: string, of: "table" | "attributes" | "page", data: Data): Scenario {
  const prepare = (engine: Engine) => {
    const render = engine[of];
    return render && (() => render(data));
  };
  return { name, about, written: true, prepare };
}

/** Compiling is not done before the first page is there: some engines put it off until then. */
function prepareCompiling({ section, compile }: Engine): (() => string) | undefined {
  if (section === undefined || compile === undefined) return undefined;
  const source = largeSource(section);
  const data = largeData();
  // A new text each time, because V8 keeps what it has compiled by its text.
  let time = 0;
  return () => compile(`<!-- ${(time++).toString().padStart(9, "0")} -->\n${source}`)(data);
}

/** Every scenario. */
export const scenarios: readonly Scenario[] = [
  rendered("table-20", "20 rows of six cells", "table", tableData(20)),
  rendered("table-1000", "1,000 rows", "table", tableData(1000)),
  rendered("page", "a page with layout, include in a loop, macro and filters", "page", pageData()),
  rendered("attributes", "360 small values in attributes", "attributes", attributesData()),
  {
    name: "compile",
    about: "from the source of 2,200 lines to its first page",
    written: false,
    prepare: prepareCompiling,
  },
];
