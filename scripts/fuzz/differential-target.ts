/** F-05: whatever this parser and that of `node:http` both accept, they frame alike; where they differ, this one refuses. */
import { METHODS } from "node:http";
import { feed, type Outcome } from "../../test/http/feeding.ts";
import { type NodeReading, readByNode } from "./node-http.ts";
import type { Target, Trouble } from "./target.ts";

const known = new Set(METHODS);

export class DifferentialTarget implements Target {
  readonly batch = 64;
  readonly figures = { bothAccept: 0, bothRefuse: 0, onlyNodeAccepts: 0, onlyHereAccepts: 0 };

  constructor() {
    Error.stackTraceLimit = 0;
  }

  async tryAll(inputs: readonly Buffer[]): Promise<Trouble[]> {
    const readings = await readByNode(inputs);
    return inputs.flatMap(
      (octets, index) => this.#compare(octets, feed([octets]), readings[index] as NodeReading) ?? [],
    );
  }

  async memory(): Promise<{ rss: number; heap: number }> {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heap: heapUsed };
  }

  async close(): Promise<void> {}

  #compare(octets: Buffer, ours: Outcome, theirs: NodeReading): Trouble | undefined {
    const here = ours.messages.filter(({ complete }) => complete);
    const there = theirs.messages;
    this.#count(ours.status === undefined, !theirs.refused);
    const found = `here ${shown(here)} and ${ours.status ?? ours.state}; node:http ${shown(there)} and ${theirs.refused ? "refused" : "waits"}`;
    for (const [index, one] of here.entries()) {
      const other = there[index];
      if (other === undefined) break;
      if (one.method !== other.method || one.target !== other.target || one.body !== other.body) {
        return { kind: "framed-differently", found, octets };
      }
    }
    // Behind a request to leave HTTP `node:http` stops reading; here the application decides.
    if (here.some(({ upgrade }) => upgrade)) return undefined;
    if (here.length > there.length) {
      if (!theirs.refused) return { kind: "framed-differently", found, octets };
      const isMeant = isMeantToBeAccepted(here.slice(there.length), octets);
      return isMeant ? undefined : { kind: "accepted-only-here", found, octets };
    }
    const isWaiting = ours.status === undefined && ours.state !== "closed";
    return there.length > here.length && isWaiting
      ? { kind: "framed-differently", found, octets }
      : undefined;
  }

  #count(here: boolean, there: boolean): void {
    if (here) this.figures[there ? "bothAccept" : "onlyHereAccepts"]++;
    else this.figures[there ? "onlyNodeAccepts" : "bothRefuse"]++;
  }
}

/** The few things this parser accepts and `node:http` does not. */
function isMeantToBeAccepted(messages: readonly { method: string }[], octets: Buffer): boolean {
  const text = octets.toString("latin1");
  return (
    // node:http knows a list of methods; RFC 9110 §9.1 has none, and an unknown one is the application's to refuse.
    messages.some(({ method }) => !known.has(method)) ||
    // RFC 9110 §2.5: a later minor version is read like the latest that is known.
    / HTTP\/1\.[2-9]\r\n/.test(text) ||
    // RFC 9110 §5.5: HTAB around a value is no part of it.
    /\r\n(?:content-length|transfer-encoding):(?:[^\r\n]*\t[ \t]*|[ \t]*\t[^\r\n]*)\r\n/i.test(text) ||
    // RFC 9110 §6.5.1: a framing field among the trailers frames nothing; here it is dropped, there refused.
    /\r\n0+(?:;[^\r\n]*)?\r\n(?:[^\r\n]+\r\n)*(?:content-length|transfer-encoding):/i.test(text)
  );
}

function shown(messages: readonly { method: string; target: string; body: string }[]): string {
  return JSON.stringify(messages.map(({ method, target, body }) => [method, target, body.slice(0, 80)]));
}
