/** The process of one router: builds it, checks it, and measures as often as it is told. */
import { adapters, read } from "./adapters.ts";
import { tableNamed } from "./tables.ts";

const [name = "", table = ""] = process.argv.slice(2);
const { routes, lookups } = tableNamed(table);
const begin = process.cpuUsage();
const lookup = adapters[name]!(routes);

// All paths in one text, from which every lookup takes its own piece: no router gets a string it has seen before.
const text = lookups.map(({ path }) => path).join("");
const methods = lookups.map(({ method }) => method);
const ends = Int32Array.from({ length: lookups.length });
let end = 0;
for (const [index, { path }] of lookups.entries()) ends[index] = end += path.length;

function lookUpAll(): number {
  let sum = 0;
  let start = 0;
  for (let index = 0; index < methods.length; index++) {
    const next = ends[index]!;
    sum += lookup(methods[index]!, text.slice(start, next));
    start = next;
  }
  return sum;
}

function microseconds({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}

/** Fails unless every lookup finds its route and its parameter. */
function verify(): void {
  for (const { method, path, number, characters } of lookups) {
    read.characters = 0;
    const found = lookup(method, path);
    if (found === number && read.characters === characters) continue;
    throw new Error(`${name} finds route ${found} for ${method} ${path} instead of ${number}.`);
  }
}

/** Nanoseconds of CPU for one lookup, measured for about so many milliseconds. */
function measure(milliseconds: number): number {
  const before = process.cpuUsage();
  const end = performance.now() + milliseconds;
  let times = 0;
  do {
    for (let repeated = 0; repeated < 8; repeated++) lookUpAll();
    times += 8;
  } while (performance.now() < end);
  return (microseconds(process.cpuUsage(before)) * 1000) / (times * lookups.length);
}

verify();
const built = microseconds(process.cpuUsage(begin)) / 1000;
process.on("message", (milliseconds: number) => process.send?.(measure(milliseconds)));
process.on("disconnect", () => process.exit(0));
process.send?.(built);
