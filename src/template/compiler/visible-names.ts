/** The names that are bound where something stands, as an object for a context. */
import type { Body } from "./body.ts";
import { quoted } from "./code.ts";

export function visibleNames({ scope }: Body): string {
  const pairs = [...scope.visible()].map(([name, variable]) => `[${quoted(name)}]: ${variable}`);
  return pairs.length === 0 ? "R.nothing" : `{ ${pairs.join(", ")} }`;
}
