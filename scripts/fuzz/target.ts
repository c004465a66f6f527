/** What a target is: it takes inputs and says what was wrong with what they did. */
import type { Finding, FindingKind } from "./finding.ts";
import type { MemorySample } from "./memory-slope.ts";

/** Milliseconds from which an input that was tried alone is a hang. */
export const hangMilliseconds = 50;

/** Something an input did, before it is known which seed it came from. */
export interface Trouble {
  readonly kind: FindingKind;
  readonly found: string;
  readonly octets: Uint8Array;
}

/** An endless, reproducible row of inputs. */
export interface InputSource {
  next(): Buffer;
  /** Places at which the octets of an input are cut. */
  cut(octets: Uint8Array): Uint8Array[];
}

/** Tries inputs, many at once where that is faster. */
export interface Target {
  /** How many inputs `tryAll` takes best. */
  readonly batch: number;
  /** Tries them; `cut` says where to cut one into pieces. */
  tryAll(inputs: readonly Buffer[], cut: (octets: Uint8Array) => Uint8Array[]): Promise<Trouble[]>;
  /** Memory of whatever has read the inputs, behind a collection of garbage where that is possible. */
  memory(): Promise<Omit<MemorySample, "inputs">>;
  /** Figures of the target's own, for the report. */
  readonly figures: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** A run in figures. */
export interface FuzzReport {
  readonly target: string;
  readonly seed: number;
  readonly seconds: number;
  readonly inputs: number;
  readonly inputsPerSecond: number;
  readonly crashes: number;
  readonly hangs: number;
  /** Bytes a million inputs. */
  readonly rssSlope: number;
  readonly heapSlope: number;
  /** Inputs over which memory was measured. */
  readonly slopeInputs: number;
  readonly rss: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly findings: readonly (Omit<Finding, "input"> & { readonly file: string })[];
}
