/** The plain patterns that a pattern with optional segments stands for. */
import { invalid, type Part, type Segment } from "./pattern.ts";

const maximumVariants = 32;

/**
 * Every list of segments a pattern stands for, the shortest first. A run of adjacent optional segments fills from
 * the left: `/:year?/:month?` stands for `/`, `/:year` and `/:year/:month`.
 *
 * @throws LimpidError `LMP_ROUTER_PATTERN_INVALID`
 */
export function patternVariants(pattern: string, segments: readonly Segment[]): Segment[][] {
  let variants: Segment[][] = [[]];
  for (let index = 0; index < segments.length; ) {
    const run = optionalRun(segments, index);
    const choices = run.length === 0 ? [[segments[index]!]] : prefixes(run);
    variants = choices.flatMap((choice) => variants.map((variant) => [...variant, ...choice]));
    if (variants.length > maximumVariants) {
      const found = `more than ${maximumVariants}`;
      throw invalid(pattern, "few combinations of optional segments", found, "Add separate routes.");
    }
    index += Math.max(run.length, 1);
  }
  return variants.map((variant) => (variant.length === 0 ? [{ parts: [], optional: false }] : variant));
}

function optionalRun(segments: readonly Segment[], start: number): Segment[] {
  const end = segments.findIndex((segment, index) => index >= start && !segment.optional);
  return segments.slice(start, end === -1 ? segments.length : end);
}

function prefixes(run: readonly Segment[]): Segment[][] {
  return Array.from({ length: run.length + 1 }, (_, length) => run.slice(0, length));
}

/**
 * What two variants have in common when they match the same paths: the pattern without the names of its
 * parameters. NUL marks a parameter, because no literal can have it.
 */
export function variantShape(variant: readonly Segment[]): string {
  return variant.map(({ parts }) => `/${parts.map(partShape).join("")}`).join("");
}

/** As `variantShape`, for one part. */
export function partShape(part: Part): string {
  if (part.kind === "literal") return part.text;
  if (part.kind === "wildcard") return part.rest ? "\0*" : "\0";
  return part.constraint ? `\0(${part.constraint.source})` : "\0";
}
