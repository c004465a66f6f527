/** The parser alone, in this process: every input whole and cut, which must come to the same. */
import { feed } from "../../test/http/feeding.ts";
import { hangMilliseconds, type Target, type Trouble } from "./target.ts";

export class ParserTarget implements Target {
  readonly batch = 500;
  readonly figures = { refused: 0, messages: 0 };

  constructor() {
    // A stack for each refusal would be most of the time.
    Error.stackTraceLimit = 0;
  }

  async tryAll(inputs: readonly Buffer[], cut: (octets: Uint8Array) => Uint8Array[]): Promise<Trouble[]> {
    return inputs.flatMap((octets) => this.#try(octets, cut(octets)) ?? []);
  }

  async memory(): Promise<{ rss: number; heap: number }> {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heap: heapUsed };
  }

  async close(): Promise<void> {}

  #try(octets: Buffer, pieces: Uint8Array[]): Trouble | undefined {
    const begun = performance.now();
    try {
      const whole = feed([octets]);
      const apart = feed(pieces);
      this.figures.messages += whole.messages.length;
      if (whole.status !== undefined) this.figures.refused++;
      const texts = [JSON.stringify(whole), JSON.stringify(apart)] as const;
      if (texts[0] !== texts[1]) {
        const places = pieces.map(({ length }) => length).join(", ");
        return { kind: "depends-on-split", found: `${texts[0]} and, cut at ${places}, ${texts[1]}`, octets };
      }
    } catch (error) {
      return { kind: "crash", found: String(error), octets };
    }
    if (performance.now() - begun < hangMilliseconds) return undefined;
    const time = Math.min(...[1, 2, 3].map(() => millisecondsOf(octets)));
    return time < hangMilliseconds ? undefined : { kind: "hang", found: `${time} ms in the parser`, octets };
  }
}

function millisecondsOf(octets: Buffer): number {
  const begun = performance.now();
  feed([octets]);
  return performance.now() - begun;
}
