/** The application: routes + middleware + errors + lifecycle. */
export { App, type AppOptions, type DefineRoute, type Hook, type Plugin, type RouteSummary } from "./app.ts";
export type { ErrorClass, ErrorHandler } from "./error-handlers.ts";
export { Explanation, type Step } from "./explanation.ts";
export type { Resource, RouteHandler, RouteOptions, RouteRequest, UrlParams } from "./route-types.ts";
