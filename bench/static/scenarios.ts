/** What is asked for: files of five sizes, and one that the client has already. */

/** A file, how many ask for it at a time, and whether they have it. */
export interface StaticScenario {
  readonly name: string;
  /** The file's name: a letter, so that the raw server finds the answer at one octet. */
  readonly file: string;
  readonly bytes: number;
  readonly connections: number;
  readonly fresh: boolean;
}

const mebibyte = 1_048_576;

export const scenarios: readonly StaticScenario[] = [
  { name: "1 KiB", file: "a.bin", bytes: 1024, connections: 64, fresh: false },
  { name: "4 KiB", file: "b.bin", bytes: 4096, connections: 64, fresh: false },
  { name: "64 KiB", file: "c.bin", bytes: 65_536, connections: 64, fresh: false },
  { name: "4 KiB, 304", file: "b.bin", bytes: 0, connections: 64, fresh: true },
  { name: "20 MB", file: "d.bin", bytes: 20 * mebibyte, connections: 1, fresh: false },
  { name: "100 MB", file: "e.bin", bytes: 100 * mebibyte, connections: 4, fresh: false },
];
