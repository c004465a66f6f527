/** The routers that are compared, each behind the same function. */
import findMyWay from "find-my-way";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import { Router } from "limpid/router";
import { Memoirist } from "memoirist";
import { addRoute, createRouter, findRoute } from "rou3";
import { compileRouter } from "rou3/compiler";
import type { Route } from "./api-routes.ts";

/** What a route leads to: its number, and the last parameter of its pattern. */
interface Target {
  number: number;
  parameter: string | undefined;
}

/** The number of the route for a method and a path, or -1. It hands the last parameter to `read`. */
export type Lookup = (method: string, path: string) => number;

/** Characters of all the parameters that were read, so that no router is faster by never making them. */
export const read = { characters: 0 };

function take(
  { number, parameter }: Target,
  params: Readonly<Record<string, string | undefined>> | undefined,
): number {
  if (parameter !== undefined) read.characters += params?.[parameter]?.length ?? 0;
  return number;
}

interface HonoRouter {
  add(method: string, path: string, target: Target): void;
  match(method: string, path: string): unknown;
}
type HonoParams = Record<string, string | number>;
/** Hono gives the values themselves, or positions in what the regular expression matched. */
type HonoResult = [found: [target: Target, params: HonoParams][], matched?: string[]];

function hono(router: HonoRouter, routes: readonly Route[]): Lookup {
  for (const [target, { method, pattern }] of targetsOf(routes)) router.add(method, pattern, target);
  return (method, path) => {
    const [found, matched] = router.match(method, path) as HonoResult;
    if (found.length === 0) return -1;
    const [target, params] = found[0]!;
    if (target.parameter === undefined) return target.number;
    const value = params[target.parameter]!;
    read.characters += (typeof value === "number" ? matched![value]! : value).length;
    return target.number;
  };
}

function targetsOf(routes: readonly Route[]): [Target, Route][] {
  return routes.map((route, number) => {
    const parameter = /.*:(\w+)/.exec(route.pattern)?.[1];
    return [{ number, parameter }, route];
  });
}

function rou3Router(routes: readonly Route[]) {
  const router = createRouter<Target>();
  for (const [target, { method, pattern }] of targetsOf(routes)) addRoute(router, method, pattern, target);
  return router;
}

/** Makes the lookup of each router for some routes. */
export const adapters: Readonly<Record<string, (routes: readonly Route[]) => Lookup>> = {
  memoirist(routes) {
    const router = new Memoirist<Target>();
    for (const [target, { method, pattern }] of targetsOf(routes)) router.add(method, pattern, target);
    return (method, path) => {
      const found = router.find(method, path);
      return found === null ? -1 : take(found.store, found.params);
    };
  },
  limpid(routes) {
    const router = new Router<Target>();
    for (const [target, { method, pattern }] of targetsOf(routes)) router.add(pattern, target, { method });
    return (method, path) => {
      const found = router.find(method, path);
      return found.kind === "found" ? take(found.match.target, found.match.params) : -1;
    };
  },
  "find-my-way"(routes) {
    const router = findMyWay();
    for (const [target, { method, pattern }] of targetsOf(routes)) {
      router.on(method as "GET", pattern, () => {}, target);
    }
    return (method, path) => {
      const found = router.find(method as "GET", path);
      return found === null ? -1 : take(found.store as Target, found.params);
    };
  },
  rou3(routes) {
    const router = rou3Router(routes);
    return (method, path) => {
      const found = findRoute(router, method, path);
      return found === undefined ? -1 : take(found.data, found.params);
    };
  },
  "rou3-compiled"(routes) {
    const find = compileRouter(rou3Router(routes));
    return (method, path) => {
      const found = find(method, path);
      return found === undefined ? -1 : take(found.data, found.params);
    };
  },
  "hono-smart": (routes) =>
    hono(new SmartRouter<Target>({ routers: [new RegExpRouter(), new TrieRouter()] }), routes),
  "hono-regexp": (routes) => hono(new RegExpRouter<Target>(), routes),
  "hono-trie": (routes) => hono(new TrieRouter<Target>(), routes),
};
