/** Counts of latencies in buckets of at most 1.6 % width, in microseconds. Recording allocates nothing. */

const subBuckets = 64;
const subBucketBits = 6;

/** A fixed histogram from 0 microseconds to an hour. */
export class Histogram {
  readonly #counts = new Float64Array(subBuckets * 28);
  #total = 0;

  /** Counts a latency as often as said. */
  record(microseconds: number, times: number): void {
    this.#counts[indexOf(microseconds)]! += times;
    this.#total += times;
  }

  /** The latency that a share of those recorded does not exceed, in microseconds; 0 when none was. */
  percentile(share: number): number {
    let left = this.#total * share;
    for (const [index, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0 && count > 0) return upperEnd(index);
    }
    return 0;
  }

  /** Forgets everything. */
  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }
}

function indexOf(microseconds: number): number {
  const whole = microseconds | 0;
  if (whole < subBuckets) return whole;
  const shift = 31 - Math.clz32(whole) - subBucketBits;
  return (shift + 1) * subBuckets + ((whole >> shift) - subBuckets);
}

/** The upper end of a bucket. */
function upperEnd(index: number): number {
  if (index < subBuckets) return index;
  const shift = Math.floor(index / subBuckets) - 1;
  return (((index % subBuckets) + subBuckets + 1) << shift) - 1;
}
