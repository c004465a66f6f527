/** Figures of many samples. */

/** The smallest sample that this share of all is not above; NaN where there is none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** What the latencies of one kind of request came to, in milliseconds. */
export interface Latencies {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function latencies(samples: readonly number[]): Latencies {
  return { p50: median(samples), p99: percentile(samples, 0.99), max: percentile(samples, 1) };
}

/** How much samples taken at equal distances grow from one to the next: the median slope of all pairs (Theil, Sen). */
export function slope(samples: readonly number[]): number {
  const slopes = samples.flatMap((one, at) =>
    samples.slice(at + 1).map((other, distance) => (other - one) / (distance + 1)),
  );
  return slopes.length === 0 ? 0 : median(slopes);
}

export const MEGABYTE = 1024 * 1024;

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
