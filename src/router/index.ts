/** The router: method and path to target and parameters, and back from a name to a URL. */
export { canonicalPath } from "../http/index.ts";
export type { PathParams } from "./path-params.ts";
export type {
  FindResult,
  Found,
  Match,
  MethodMismatch,
  NotFound,
  Params,
  ParamValue,
  QueryValue,
  QueryValues,
  RouteInfo,
  RouteOptions,
} from "./route.ts";
export { Router } from "./router.ts";
