/** How memory grows with the inputs, once the first of them have warmed everything up. */

/** Memory in bytes after so many inputs. */
export interface MemorySample {
  readonly inputs: number;
  readonly rss: number;
  readonly heap: number;
}

/** Bytes a million inputs. */
export interface MemorySlope {
  readonly rss: number;
  readonly heap: number;
  /** Inputs over which it was measured; 0 where there were too few to say. */
  readonly inputs: number;
}

/** The slope over the second half of the samples, by least squares; heaps and caches grow to their size in the first. */
export function memorySlope(samples: readonly MemorySample[]): MemorySlope {
  const measured = samples.slice(Math.floor(samples.length / 2));
  const [first, last] = [measured[0], measured.at(-1)];
  if (first === undefined || last === undefined || measured.length < 4) return { rss: 0, heap: 0, inputs: 0 };
  const slope = (read: (sample: MemorySample) => number): number => {
    const middle = mean(measured.map(({ inputs }) => inputs));
    const average = mean(measured.map(read));
    const together = measured.map((sample) => (sample.inputs - middle) * (read(sample) - average));
    const spread = measured.map(({ inputs }) => (inputs - middle) ** 2);
    return Math.round((mean(together) / mean(spread)) * 1e6);
  };
  return {
    rss: slope(({ rss }) => rss),
    heap: slope(({ heap }) => heap),
    inputs: last.inputs - first.inputs,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
