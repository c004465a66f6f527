/** The application: routes + middleware + errors + lifecycle. */
export { App, type AppOptions, type DefineRoute, type Plugin } from "./app.ts";
export type { Hook } from "./assembly.ts";
export type { ErrorClass, ErrorHandler } from "./error-handlers.ts";
export { Explanation, type RouteSummary, type Step } from "./explanation.ts";
export type {
  Resource,
  RouteHandler,
  RouteOptions,
  RouteRequest,
  UrlParams,
  UrlValues,
} from "./route-types.ts";
