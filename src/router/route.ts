/** What a router stores and what it answers: the route, the match and the result of finding one. */

/** The values of a path's parameters by name. It has no inherited names: `params.constructor` is undefined. */
export type Params = Readonly<Record<string, string>>;

/** What `add` may be told beside the pattern and the target. */
export interface RouteOptions {
  /** The one method that the route answers, in upper case (RFC 9110 §9.1). Default: every method. */
  method?: string | undefined;
  /** A name for `url`, unique within the router. */
  name?: string | undefined;
}

/** One route as it was added. */
export interface RouteInfo<Target = unknown> {
  /** Undefined where the route answers every method. */
  readonly method: string | undefined;
  readonly pattern: string;
  readonly name: string | undefined;
  readonly target: Target;
}

/** The route that a path leads to, with the values of its parameters. */
export interface Match<Target = unknown> {
  readonly target: Target;
  readonly params: Params;
  /** The pattern as it was added, such as `/users/:id`: the right label for logs and metrics. */
  readonly pattern: string;
  readonly name: string | undefined;
}

/** A route answers this method and path. */
export interface Found<Target = unknown> {
  readonly kind: "found";
  readonly match: Match<Target>;
}

/** Routes answer this path, but not with this method: 405 (RFC 9110 §15.5.6), or the answer to `OPTIONS`. */
export interface MethodMismatch {
  readonly kind: "method";
  /** The methods for the `Allow` field, in alphabetical order, `OPTIONS` among them. */
  readonly allow: readonly string[];
}

/** No route answers this path: 404. */
export interface NotFound {
  readonly kind: "none";
}

/** What `find` returns. */
export type FindResult<Target = unknown> = Found<Target> | MethodMismatch | NotFound;

/** A value for a parameter in `url`. */
export type ParamValue = string | number | bigint;

/** A query for `url`: a list gives its name several times, `undefined` and `null` are left out. */
export type QueryValues = Readonly<Record<string, QueryValue | readonly QueryValue[] | null | undefined>>;

/** One value of a query. */
export type QueryValue = string | number | bigint | boolean;
