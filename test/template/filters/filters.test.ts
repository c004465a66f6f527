/** The list of filters, and the errors that all of them share. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { filters } from "../../../src/template/filters.ts";
import { apply, named } from "./apply.ts";

test("Jinja's filters are there", () => {
  const names =
    "abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape " +
    "format groupby indent int items join last length list lower map max min pprint random reject rejectattr " +
    "replace reverse round safe select selectattr slice sort string striptags sum title tojson trim truncate " +
    "unique upper urlencode urlize wordcount wordwrap xmlattr lowercase uppercase";
  for (const name of names.split(" ")) assert.equal(typeof filters.get(name), "function", name);
  assert.equal(filters.get("constructor"), undefined);
});

test("an error names the filter and shows how it is used", () => {
  assert.throws(() => apply(["a", "truncate", "long"]), {
    code: "LMP_TEMPLATE_ARGUMENT_INVALID",
    message: "The filter `truncate` cannot take this `length`.",
    expected: "a whole number from 0 to 10485760",
    found: "a string",
    fix: 'It is used as `truncate(length=255, killwords=false, end="...", leeway=5)`.',
  });
  assert.throws(() => apply(["a", "upper", 1]), {
    message: "The filter `upper` was given more arguments than it takes.",
    expected: "at most 0",
    found: "1",
  });
  assert.throws(() => apply(["a", "trim", named({ char: "x" })]), {
    code: "LMP_TEMPLATE_ARGUMENT_INVALID",
    message: /`trim` has no parameter `char`/,
  });
});
