/** The filter that stands in for a value that is missing. */
import { truthy } from "../values/truth.ts";
import { defineFilter } from "./define-filter.ts";

/**
 * The value itself, or `default_value` where it is not defined. With `boolean` as true also where it is false, zero,
 * null or empty.
 */
export const defaultFilter = defineFilter('default(default_value="", boolean=false)', (value, given) => {
  const missing = value === undefined || (given.flag("boolean", false) && !truthy(value));
  return missing ? given.anything("default_value", "") : value;
});
