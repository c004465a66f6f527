/**
 * What stands inside an attribute value or an element with a language of its own: a URL, a script, a style sheet.
 * A reader follows the text character by character and says what a value becomes where it stands.
 */
import type { Placed } from "./placed.ts";

export interface Reader {
  /** Everything that tells this place from another one of the same language. */
  readonly key: string;
  /** The place in words, for errors: `a string of JavaScript`. */
  readonly name: string;
  /** Follows one character of literal text, character references decoded. */
  read(character: string): void;
  /**
   * What a value becomes here; the reader stands behind it afterwards. `next` is the literal character behind the
   * value, or nothing where that is not known. Throws where a value cannot stand.
   */
  value(next: string): Placed;
  copy(): Reader;
  /** The place where both may be, as behind two branches; undefined where there is no such place. */
  join(other: Reader): Reader | undefined;
  /** The place behind a part of the page that begins here and of which only `endsIn` is known. */
  behindPart(): Reader;
  /** Whether such a part may end in another place. */
  endsIn(end: Reader): boolean;
}
