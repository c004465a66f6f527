/** The filters that every template has: what stands behind `|`. */
import type { TemplateFilter } from "./filter-scope.ts";
import { capitalize, lower, title, upper } from "./filters/case.ts";
import { date } from "./filters/dates.ts";
import { defaultFilter } from "./filters/default.ts";
import { format } from "./filters/format.ts";
import { tojson } from "./filters/json.ts";
import { batch, first, join, last, length, list, random, reverse, slice, sum } from "./filters/lists.ts";
import { attr, dictsort, items } from "./filters/mappings.ts";
import { escapeFilter, forceescape, nl2br, safe, striptags } from "./filters/markup.ts";
import { number } from "./filters/number-format.ts";
import { abs, filesizeformat, float, int, pluralize, round } from "./filters/numbers.ts";
import { pprint } from "./filters/pprint.ts";
import { replace } from "./filters/replace.ts";
import { map, reject, rejectattr, select, selectattr } from "./filters/selecting.ts";
import { slugify } from "./filters/slugify.ts";
import { groupby, max, min, sort, unique } from "./filters/sorting.ts";
import { center, indent, string, trim, truncate, wordcount } from "./filters/text.ts";
import { urlencode } from "./filters/urlencode.ts";
import { urlize } from "./filters/urlize.ts";
import { wordwrap } from "./filters/wordwrap.ts";
import { xmlattr } from "./filters/xmlattr.ts";

/** Jinja's filters by name, with its aliases, and those that web pages need beside them. */
export const filters: ReadonlyMap<string, TemplateFilter> = new Map<string, TemplateFilter>([
  ["abs", abs],
  ["attr", attr],
  ["batch", batch],
  ["capitalize", capitalize],
  ["center", center],
  ["count", length],
  ["d", defaultFilter],
  ["date", date],
  ["default", defaultFilter],
  ["dictsort", dictsort],
  ["e", escapeFilter],
  ["escape", escapeFilter],
  ["filesizeformat", filesizeformat],
  ["first", first],
  ["float", float],
  ["forceescape", forceescape],
  ["format", format],
  ["groupby", groupby],
  ["indent", indent],
  ["int", int],
  ["items", items],
  ["join", join],
  ["json", tojson],
  ["last", last],
  ["length", length],
  ["list", list],
  ["lower", lower],
  ["lowercase", lower],
  ["map", map],
  ["max", max],
  ["min", min],
  ["nl2br", nl2br],
  ["number", number],
  ["pluralize", pluralize],
  ["pprint", pprint],
  ["random", random],
  ["reject", reject],
  ["rejectattr", rejectattr],
  ["replace", replace],
  ["reverse", reverse],
  ["round", round],
  ["safe", safe],
  ["select", select],
  ["selectattr", selectattr],
  ["slice", slice],
  ["slugify", slugify],
  ["sort", sort],
  ["string", string],
  ["striptags", striptags],
  ["sum", sum],
  ["title", title],
  ["tojson", tojson],
  ["trim", trim],
  ["truncate", truncate],
  ["unique", unique],
  ["upper", upper],
  ["uppercase", upper],
  ["urlencode", urlencode],
  ["urlize", urlize],
  ["wordcount", wordcount],
  ["wordwrap", wordwrap],
  ["xmlattr", xmlattr],
]);
