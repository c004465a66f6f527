/** The parameters of a pattern as a type, read from its text by the same rules as `parsePattern`. */

type Lower =
  | ("a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m")
  | ("n" | "o" | "p" | "q" | "r" | "s" | "t" | "u" | "v" | "w" | "x" | "y" | "z");
type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
type NameCharacter = Lower | Uppercase<Lower> | Digit | "_";

/** The name at the head of `Text`, and what follows it. */
type TakeName<Text extends string, Name extends string = ""> = Text extends `${infer Head}${infer Tail}`
  ? Head extends NameCharacter
    ? TakeName<Tail, `${Name}${Head}`>
    : { name: Name; rest: Text }
  : { name: Name; rest: "" };

/** `Text` without the constraint at its head. */
type SkipConstraint<Text extends string> = Text extends `(${string})${infer Rest}` ? Rest : Text;

type Required<Name extends string> = { [Key in Name]: string };
type Optional<Name extends string> = { [Key in Name]?: string | undefined };

/** What the name just read declares, and what the rest of its segment adds. */
type AfterName<Name extends string, Rest extends string, Found> = Rest extends "?"
  ? Found & Optional<Name>
  : InSegment<Rest, Found & Required<Name>>;

/** `Found` and the parameters of one segment. A backslash makes the colon behind it a literal. */
type InSegment<Segment extends string, Found> = Segment extends `*${infer Name}`
  ? Found & Required<Name extends "" ? "*" : Name>
  : Segment extends `${infer Before}:${infer After}`
    ? Before extends `${string}\\`
      ? InSegment<After, Found>
      : TakeName<After> extends { name: infer Name extends string; rest: infer Rest extends string }
        ? AfterName<Name, SkipConstraint<Rest>, Found>
        : never
    : Found;

type InPath<Path extends string, Found> = Path extends `${infer Segment}/${infer Rest}`
  ? InPath<Rest, InSegment<Segment, Found>>
  : InSegment<Path, Found>;

/** One plain object instead of an intersection, so that an editor shows what a person would write. */
type Flat<Type> = { [Key in keyof Type]: Type[Key] };

/**
 * The parameters that a match of `Pattern` has. A pattern that is only known as `string` gives
 * `Record<string, string>`.
 *
 * @example
 * ```ts
 * import type { PathParams } from "limpid/router";
 *
 * const params: PathParams<"/users/:id(\\d+)/:tab?"> = { id: "42" }; // { id: string; tab?: string | undefined }
 * console.log(params.id); // 42
 * ```
 */
export type PathParams<Pattern extends string> = string extends Pattern
  ? Record<string, string>
  : Flat<InPath<Pattern, Record<never, never>>>;
