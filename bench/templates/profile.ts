/**
 * Renders one scenario with one engine and does nothing else, for a profiler:
 * node --cpu-prof --conditions=source bench/templates/profile.ts [scenario [engine [seconds]]]
 */
import { engines } from "./engines.ts";
import { scenarios } from "./scenarios.ts";

const [wanted = "table-20", name = "limpid", seconds = "3"] = process.argv.slice(2);
const scenario = scenarios.find((known) => known.name === wanted);
const engine = await engines[name]?.();
const work = engine && scenario?.prepare(engine);
if (work === undefined) {
  const possible = [scenarios.map((known) => known.name), Object.keys(engines)].map((names) =>
    names.join(", "),
  );
  throw new Error(`There is no ${wanted} of ${name}; there are ${possible.join(" and ")}.`);
}

const buffer = Buffer.allocUnsafe(1 << 20);
const begin = process.cpuUsage();
const end = performance.now() + Number(seconds) * 1000;
let times = 0;
let octets = 0;
while (performance.now() < end) {
  octets += buffer.write(work());
  times++;
}
const { user, system } = process.cpuUsage(begin);
console.log(`${wanted}, ${name}: ${((user + system) / times).toFixed(1)} µs, ${octets / times} octets`);
