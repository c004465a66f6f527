/**
 * The methods that Python's texts, lists and dictionaries have, on JavaScript's types. Those of dictionaries are not
 * added to objects, where they would hide slips; a call of one is written as a call of `$m`.
 */

/** The methods of dictionaries; an object's own method of the same name goes before. */
export const dictionaryMethods: ReadonlySet<string> = new Set([
  "copy",
  "get",
  "items",
  "keys",
  "pop",
  "setdefault",
  "update",
  "values",
]);

export const methodDeclarations = `
interface String {
  capitalize(): string; casefold(): string; center(width: number, fill?: string): string;
  count(part: string): number; endswith(end: string | string[]): boolean; expandtabs(size?: number): string;
  find(part: string): number; format(...values: unknown[]): string; format_map(values: object): string;
  index(part: string): number; isalnum(): boolean; isalpha(): boolean; isascii(): boolean; isdecimal(): boolean;
  isdigit(): boolean; islower(): boolean; isnumeric(): boolean; isspace(): boolean; istitle(): boolean;
  isupper(): boolean; join(items: $Iterable): string; ljust(width: number, fill?: string): string; lower(): string;
  lstrip(characters?: string): string; partition(separator: string): [string, string, string];
  removeprefix(part: string): string; removesuffix(part: string): string; replace(old: string, fresh: string, count?: number): string;
  rfind(part: string): number; rindex(part: string): number; rjust(width: number, fill?: string): string;
  rpartition(separator: string): [string, string, string]; rsplit(separator?: string | null, count?: number): string[];
  rstrip(characters?: string): string; split(): string[]; split(separator: null, count?: number): string[];
  splitlines(keep?: boolean): string[]; startswith(start: string | string[]): boolean; strip(characters?: string): string;
  swapcase(): string; title(): string; upper(): string; zfill(width: number): string;
}
interface Array<T> {
  append(item: T): void; clear(): void; copy(): T[]; count(item: unknown): number; extend(items: Iterable<T>): void;
  index(item: unknown): number; insert(index: number, item: T): void; remove(item: unknown): void;
}
interface ReadonlyArray<T> {
  copy(): T[]; count(item: unknown): number; index(item: unknown): number;
}

type $Key<T> = T extends ReadonlyMap<infer K, any> ? K : T extends readonly unknown[] ? number : keyof T & string;
type $Value<T> = T extends ReadonlyMap<any, infer V> ? V : T extends readonly (infer V)[] ? V : T[keyof T & string];
type $Entry<T> = $IsAny<T> extends true ? any
  : T extends ReadonlyMap<infer K, infer V> ? [K, V]
  : T extends object ? string extends keyof T ? [string, T[keyof T & string]] : { [K in keyof T & string]-?: [K, T[K]] }[keyof T & string]
  : never;
type $Own<O, Name extends string, Otherwise> = $IsAny<O> extends true ? any
  : O extends { [K in Name]: (...values: any[]) => infer R } ? O extends ReadonlyMap<any, any> | readonly unknown[] ? Otherwise : R
  : Otherwise;
interface $Methods {
  copy<O extends {}>(object: O): $Own<O, "copy", O>;
  get<O extends {}>(object: O, ...values: unknown[]): $Own<O, "get", $Value<O> | undefined>;
  items<O extends {}>(object: O, ...values: unknown[]): $Own<O, "items", $Entry<O>[]>;
  keys<O extends {}>(object: O, ...values: unknown[]): $Own<O, "keys", $Key<O>[]>;
  pop<O extends {}>(object: O, ...values: unknown[]): any;
  setdefault<O extends {}>(object: O, ...values: unknown[]): any;
  update<O extends {}>(object: O, ...values: unknown[]): any;
  values<O extends {}>(object: O, ...values: unknown[]): $Own<O, "values", $Value<O>[]>;
}
`;
