/** The tables of routes, and the paths that are looked up in them. */
import { apiRoutes, type Route } from "./api-routes.ts";

/** A table and its traffic. */
export interface RouterTable {
  routes: readonly Route[];
  lookups: readonly Wanted[];
}

/** A lookup and what it must find. */
export interface Wanted {
  method: string;
  path: string;
  /** The number of the route, or -1. */
  number: number;
  /** Characters of its last parameter. */
  characters: number;
}

const lookupsOfATable = 1024;
/** One lookup in so many leads nowhere. */
const missEvery = 10;

/** A service as small as most are. */
const fewRoutes: readonly Route[] = [
  { method: "GET", pattern: "/" },
  { method: "GET", pattern: "/health" },
  { method: "GET", pattern: "/posts" },
  { method: "POST", pattern: "/posts" },
  { method: "GET", pattern: "/posts/:slug" },
  { method: "PATCH", pattern: "/posts/:slug" },
  { method: "DELETE", pattern: "/posts/:slug" },
  { method: "GET", pattern: "/posts/:slug/comments" },
  { method: "POST", pattern: "/posts/:slug/comments" },
  { method: "GET", pattern: "/posts/:slug/comments/:comment" },
];

/** 2,000 services of five routes each. */
const manyRoutes: readonly Route[] = Array.from({ length: 2000 }, (_, service) => {
  const base = `/services/service-${service}/items`;
  return [
    { method: "GET", pattern: base },
    { method: "POST", pattern: base },
    { method: "GET", pattern: `${base}/:item` },
    { method: "DELETE", pattern: `${base}/:item` },
    { method: "GET", pattern: `${base}/:item/parts/:part` },
  ];
}).flat();

const listOf: Readonly<Record<string, readonly Route[]>> = {
  [`api-${apiRoutes.length}`]: apiRoutes,
  "routes-10": fewRoutes,
  "routes-10000": manyRoutes,
};

/** The names of the tables. */
export const tableNames: readonly string[] = Object.keys(listOf);

/** The same numbers in every process, so that all routers get the same paths (a linear congruential generator). */
function numbers(): (below: number) => number {
  let state = 20_261_121;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A table by its name. */
export function tableNamed(name: string): RouterTable {
  const routes = listOf[name];
  if (routes === undefined) throw new Error(`There is no table ${name}.`);
  const random = numbers();
  const lookups = Array.from({ length: lookupsOfATable }, (_, count): Wanted => {
    const number = random(routes.length);
    const { method, pattern } = routes[number]!;
    let last = "";
    const path = pattern.replaceAll(/:\w+/g, () => (last = `value-${random(10 ** (1 + random(6)))}`));
    if (count % missEvery === 0) return { method, path: `${path}/nowhere/at/all`, number: -1, characters: 0 };
    return { method, path, number, characters: last.length };
  });
  return { routes, lookups };
}
