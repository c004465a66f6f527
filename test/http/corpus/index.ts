/** The curated cases of this folder, by topic; one row of a table is one case. */
import type { Case } from "./case.ts";
import { chunks } from "./chunks.ts";
import { connections } from "./connections.ts";
import { fieldLines } from "./field-lines.ts";
import { framing } from "./framing.ts";
import { hosts } from "./hosts.ts";
import { requestLines } from "./request-lines.ts";

const topics = {
  "request lines": requestLines,
  hosts,
  "field lines": fieldLines,
  framing,
  chunks,
  connections,
};
const seen = new Set<string>();

/** Tables overlap: an octet that one goes through may be what another names. */
function isNew({ octets }: Case): boolean {
  return seen.size < seen.add(octets).size;
}

export const corpus: readonly { topic: string; cases: readonly Case[] }[] = Object.entries(topics).map(
  ([topic, cases]) => ({ topic, cases: cases.filter(isNew) }),
);
