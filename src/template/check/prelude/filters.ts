/**
 * The types of the built-in filters. A filter that is not listed takes and gives anything. Where templates name an
 * attribute, the function `by` stands for it, which reads the attribute of an item.
 */

const list = "<T extends $Iterable>(value: T): $Item<T>[]";
const text = "(value: unknown, ...rest: unknown[]): string";
const end = "<T extends $Iterable>(value: T): $Item<T> | undefined";
const chosen = "<T extends $Iterable>(value: T, ...rest: unknown[]): $Item<T>[]";
const number = "(value: unknown, fallback?: unknown, ...rest: unknown[]): number";
const length = "(value: $Iterable): number";
const otherwise = "<T, U = ''>(value: T, otherwise?: U, falsy?: boolean): NonNullable<T> | U";
const extreme =
  "<T extends $Iterable>(value: T, caseSensitive?: boolean, by?: (item: $Item<T>) => unknown): $Item<T> | undefined";
const byAttribute =
  "<T extends $Iterable>(value: T, by: (item: $Item<T>) => unknown, ...rest: unknown[]): $Item<T>[]";

/** What stands behind the name of each filter in its declaration. */
export const filterSignatures: Readonly<Record<string, string>> = {
  abs: "(value: number): number",
  batch: "<T extends $Iterable>(value: T, size: number, fill?: unknown): $Item<T>[][]",
  capitalize: text,
  center: text,
  count: length,
  d: otherwise,
  default: otherwise,
  dictsort: "<T extends object>(value: T, ...rest: unknown[]): $Entry<T>[]",
  e: text,
  escape: text,
  filesizeformat: text,
  first: end,
  float: number,
  forceescape: text,
  format: text,
  groupby:
    "<T extends $Iterable, K>(value: T, by: (item: $Item<T>) => K, ...rest: unknown[]): ([K, $Item<T>[]] & { readonly grouper: K; readonly list: $Item<T>[] })[]",
  indent: text,
  int: number,
  items: "<T extends object | undefined>(value: T): $Entry<T>[]",
  join: "(value: $Iterable, separator?: unknown, by?: unknown): string",
  last: end,
  length,
  list,
  lower: text,
  lowercase: text,
  map: "<T extends $Iterable, R>(value: T, by: (item: $Item<T>) => R, ...rest: unknown[]): R[]",
  max: extreme,
  min: extreme,
  nl2br: text,
  pprint: text,
  random: end,
  reject: chosen,
  rejectattr: byAttribute,
  replace: text,
  reverse: "<T extends $Iterable>(value: T): T extends string ? string : $Item<T>[]",
  round: "(value: number, ...rest: unknown[]): number",
  safe: text,
  select: chosen,
  selectattr: byAttribute,
  slice: "<T extends $Iterable>(value: T, count: number, fill?: unknown): $Item<T>[][]",
  slugify: text,
  sort: "<T extends $Iterable>(value: T, reverse?: boolean, caseSensitive?: boolean, by?: (item: $Item<T>) => unknown): $Item<T>[]",
  string: text,
  striptags: text,
  sum: "<T extends $Iterable>(value: T, by?: (item: $Item<T>) => unknown, start?: unknown): number",
  title: text,
  tojson: text,
  trim: text,
  truncate: text,
  unique:
    "<T extends $Iterable>(value: T, caseSensitive?: boolean, by?: (item: $Item<T>) => unknown): $Item<T>[]",
  upper: text,
  uppercase: text,
  urlencode: text,
  urlize: text,
  wordcount: "(value: unknown): number",
  wordwrap: text,
  xmlattr: "(value: object, space?: boolean): string",
};
