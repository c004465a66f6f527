/** The limits of the parsers, each with its default; a message beyond one is refused, never cut short. */
import { LimpidError } from "../errors/index.ts";

/** What a message may measure. Content is not limited here: a server compares `head.contentLength`. */
export interface ParserLimits {
  /** Octets of the whole head, from the method to the empty line. Default 16384; beyond it 431. */
  readonly headerBytes: number;
  /** Header lines. Default 100; beyond it 431. */
  readonly headerLines: number;
  /** Octets of one header line without its CRLF. Default 8192; beyond it 431. */
  readonly headerLineBytes: number;
  /** Octets of a field name. Default 256; beyond it 431. */
  readonly fieldNameBytes: number;
  /** Octets of the request target. Default 8192; beyond it 414. */
  readonly targetBytes: number;
  /** Octets of the method. Default 24; beyond it 501. */
  readonly methodBytes: number;
  /** Octets of one chunk line (size and extensions) without its CRLF. Default 256; beyond it 413. */
  readonly chunkLineBytes: number;
  /** Octets of all chunk extensions of a message together. Default 4096; beyond it 413. */
  readonly chunkExtensionBytes: number;
  /** Trailer lines. Default 16; beyond it 400. */
  readonly trailerLines: number;
  /** Octets of the trailers, to the empty line. Default 4096; beyond it 400. */
  readonly trailerBytes: number;
}

/** The limits that hold where none are given. */
export const defaultParserLimits: ParserLimits = Object.freeze({
  headerBytes: 16_384,
  headerLines: 100,
  headerLineBytes: 8192,
  fieldNameBytes: 256,
  targetBytes: 8192,
  methodBytes: 24,
  chunkLineBytes: 256,
  chunkExtensionBytes: 4096,
  trailerLines: 16,
  trailerBytes: 4096,
});

/** The given limits over the defaults. A limit that could never be reached is refused: nothing is unlimited. */
export function parserLimits(given: Partial<ParserLimits> = {}): ParserLimits {
  const limits: Record<keyof ParserLimits, number> = { ...defaultParserLimits };
  for (const name of Object.keys(defaultParserLimits) as (keyof ParserLimits)[]) {
    const value = given[name];
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < 1 || value > 0x7fff_ffff) {
      throw new LimpidError("LMP_HTTP_LIMIT_INVALID", `The limit ${name} is not usable.`, {
        expected: "an integer from 1 to 2147483647",
        found: String(value),
        fix: `Leave ${name} out to get its default, ${defaultParserLimits[name]}.`,
      });
    }
    limits[name] = value;
  }
  return limits;
}
