/** The end of a way through the tree: a route, and how to build its match from the offsets on the stack. */
import type { Found, Params, RouteInfo } from "./route.ts";

/** Its instances inherit from an empty object: the name of a parameter finds the parameter or nothing. */
const PathParameters = function PathParameters() {} as unknown as new () => Record<string, string>;
PathParameters.prototype = Object.freeze(Object.create(null));

const noParams: Params = Object.freeze(new PathParameters());

/** A route at one of the places where it answers; a pattern with optional segments has several. */
export class Leaf<Target> {
  readonly route: RouteInfo<Target>;
  /** The names of the values on the stack of offsets, in order. */
  readonly names: readonly string[];
  /** The higher rank wins a place that two routes share. */
  readonly rank: number;

  constructor(route: RouteInfo<Target>, names: readonly string[], rank: number) {
    this.route = route;
    this.names = names;
    this.rank = rank;
  }

  /** The result for a path without parameters. It is always the same, so it is built once, and frozen. */
  constantResult(): Found<Target> {
    const { target, pattern, name } = this.route;
    return Object.freeze({
      kind: "found",
      match: Object.freeze({ target, params: noParams, pattern, name }),
    });
  }

  /** The result for a path: each value is cut from it between two offsets. */
  result(path: string, offsets: Int32Array): Found<Target> {
    const names = this.names;
    const params = new PathParameters();
    for (let index = 0; index < names.length; index++) {
      params[names[index]!] = path.slice(offsets[index * 2], offsets[index * 2 + 1]);
    }
    const { target, pattern, name } = this.route;
    return { kind: "found", match: { target, params, pattern, name } };
  }
}

/** Which of two leaves keeps a place: the higher rank, and among equals the first. */
export function winner<Target>(current: Leaf<Target> | null, candidate: Leaf<Target>): Leaf<Target> {
  return current !== null && current.rank >= candidate.rank ? current : candidate;
}
