/**
 * The declarations that stand beside the modules of the templates: what the operators, filters and methods of the
 * language take and give. What cannot be told is `any`, which is never an error.
 */
import { filterSignatures } from "./prelude/filters.ts";
import { methodDeclarations } from "./prelude/methods.ts";

/** The file `prelude.d.ts`. */
export function prelude(): string {
  const filters = Object.entries(filterSignatures).map(([name, signature]) => `  ${name}${signature};`);
  return `${declarations}\ninterface $Filters {\n${filters.join("\n")}\n}\n${methodDeclarations}`;
}

const declarations = `
declare const $any: any;
declare const $f: $Filters;
declare const $m: $Methods;
declare const $g: $Globals;

type $IsAny<T> = 0 extends 1 & T ? true : false;
type $Iterable = string | Iterable<unknown> | AsyncIterable<unknown> | object | undefined;
type $Item<T> = $IsAny<T> extends true ? any
  : T extends string ? string
  : T extends ReadonlyMap<infer K, any> ? K
  : T extends Iterable<infer U> ? U
  : T extends AsyncIterable<infer U> ? Awaited<U>
  : T extends object ? keyof T & string
  : never;
interface $CallIt { readonly "is a function": never }
type $Printable<T> = $IsAny<T> extends true ? T : T extends (...values: never[]) => unknown ? $CallIt : T;
type $Unpacked<T> = $IsAny<T> extends true ? any
  : T extends readonly [] | readonly [unknown, ...unknown[]] ? T
  : T extends $Iterable ? [$Item<T>, $Item<T>, $Item<T>, $Item<T>, $Item<T>, $Item<T>, $Item<T>, $Item<T>]
  : never;

declare function $print<T>(value: $Printable<T>): void;
declare function $iterate<T extends $Iterable>(value: T): $Item<T>[];
declare function $unpack<T extends $Iterable>(value: T): $Unpacked<T>;
declare function $tuple<T extends unknown[]>(...items: T): T;
declare function $custom(...values: unknown[]): any;
declare function $test(...values: unknown[]): boolean;
declare function $contains(container: $Iterable, value: unknown): boolean;
declare function $call<R>(callee: (...values: any[]) => R, ...values: unknown[]): R;
declare function $concat(...values: unknown[]): string;
declare function $need<T>(value: T): void;

type $Addable = number | bigint | string | object;
type $AddTo<A> = $IsAny<A> extends true ? any
  : A extends number ? number
  : A extends bigint ? bigint
  : A extends readonly unknown[] ? readonly unknown[]
  : string | object;
type $Sum<A, B> = $IsAny<A> extends true ? any : $IsAny<B> extends true ? any
  : A extends readonly (infer T)[] ? B extends readonly (infer U)[] ? (T | U)[] : never
  : A extends number ? number : A extends bigint ? bigint : string;
declare function $add<A extends $Addable, B extends $AddTo<A>>(left: A, right: B): $Sum<A, B>;
type $Product<A, B> = $IsAny<A> extends true ? any
  : A extends string ? string : B extends string ? string
  : A extends readonly unknown[] ? A : B extends readonly unknown[] ? B
  : A extends bigint ? bigint : number;
declare function $multiply<A extends $Addable, B extends $Addable>(left: A, right: B): $Product<A, B>;
declare function $modulo<A extends number | bigint | string, B extends A extends string ? unknown : number | bigint>(left: A, right: B):
  $IsAny<A> extends true ? any : A extends string ? string : A extends bigint ? bigint : number;

declare function $slice<O extends string | Iterable<unknown>>(object: O, ...bounds: unknown[]):
  $IsAny<O> extends true ? any : O extends string ? string : $Item<O>[];

interface $Loop<T> {
  readonly index: number; readonly index0: number; readonly revindex: number; readonly revindex0: number;
  readonly first: boolean; readonly last: boolean; readonly length: number;
  readonly depth: number; readonly depth0: number;
  readonly previtem: T | undefined; readonly nextitem: T | undefined;
  cycle<U>(...values: U[]): U;
  changed(...values: unknown[]): boolean;
}
declare function $loop<T>(items: T[]): $Loop<T>;
declare function $recursiveLoop<T>(items: T[]): $Loop<T> & ((items: $Iterable) => string);

interface $Globals {
  range(first: number, stop?: number, step?: number): number[];
  dict(...values: unknown[]): any;
  lipsum(...values: unknown[]): string;
  cycler<T>(...values: T[]): { readonly current: T; next(): T; reset(): void };
  joiner(separator?: string): () => string;
  namespace(...values: unknown[]): any;
}
`;
