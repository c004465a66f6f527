/** What a route's path and options make of its handler's request, as types. */
import type { FormLimits } from "../forms/index.ts";
import type { Query } from "../http/index.ts";
import type { Request, Result } from "../message/index.ts";
import type { AddedBy, Middleware } from "../middleware/index.ts";
import type { ParamValue, PathParams, QueryValues } from "../router/index.ts";
import type { Infer, StandardSchemaV1 } from "../validation/index.ts";

/** What a route may say beside its path and its handler. */
export interface RouteOptions {
  /** For `app.url`. */
  name?: string | undefined;
  /** Middleware of this route alone, outermost first. It runs behind the application's and the group's. */
  use?: readonly Middleware<never>[] | undefined;
  /** A schema for the content, JSON or a urlencoded form by its media type; the handler gets what it makes of it. */
  body?: StandardSchemaV1 | undefined;
  /**
   * A schema for a form, urlencoded or multipart: a record of its fields and files by name. The handler gets what it
   * makes of it as `body`. Where it is not valid, the error's `fields` say why and `values` hold what was typed.
   */
  form?: StandardSchemaV1 | undefined;
  /** What the form may measure. Default: see `FormLimits`. */
  formLimits?: Partial<FormLimits> | undefined;
  /** A schema for the query, given as a record. */
  query?: StandardSchemaV1 | undefined;
  /** Bytes of content this route takes. Default: 1 MiB. */
  bodyLimit?: number | undefined;
}

type Validated<Options, Key extends "body" | "form" | "query", Otherwise> = Options extends {
  readonly [K in Key]: infer Schema extends StandardSchemaV1;
}
  ? Infer<Schema>
  : Otherwise;

type Used<Options> = Options extends { readonly use: infer Use extends readonly unknown[] }
  ? AddedBy<Use>
  : unknown;

/** The request that the handler of a route receives. */
export type RouteRequest<Path extends string, Options, State> = Request<{
  params: PathParams<Path>;
  query: Validated<Options, "query", Query>;
  body: Validated<Options, "form", Validated<Options, "body", unknown>>;
}> &
  State &
  Used<Options>;

/** The handler of a route. */
export type RouteHandler<Path extends string, Options, State> = (
  request: RouteRequest<Path, Options, State>,
) => Result | Promise<Result>;

/** The named route that options add to what `app.url` knows. */
export type NamedRoute<Path extends string, Options> = Options extends {
  readonly name: infer Name extends string;
}
  ? Record<Name, Path>
  : unknown;

/** What stands for the parameters of a path in a URL. */
export type UrlParams<Path extends string> = {
  [Key in keyof PathParams<Path>]: PathParams<Path>[Key] | number;
};

/** What `app.url` takes behind the name: the parameters of the path where it is known, and a query. */
export type UrlValues<Path> = Path extends string
  ? object extends UrlParams<Path>
    ? [params?: UrlParams<Path>, query?: QueryValues]
    : [params: UrlParams<Path>, query?: QueryValues]
  : [params?: Readonly<Record<string, ParamValue>>, query?: QueryValues];

/** The methods of HTTP that a resource may answer, in lower case as methods of a class. */
export interface Resource<Path extends string = string, State = unknown> {
  get?(request: RouteRequest<Path, unknown, State>): Result | Promise<Result>;
  head?(request: RouteRequest<Path, unknown, State>): Result | Promise<Result>;
  post?(request: RouteRequest<Path, unknown, State>): Result | Promise<Result>;
  put?(request: RouteRequest<Path, unknown, State>): Result | Promise<Result>;
  patch?(request: RouteRequest<Path, unknown, State>): Result | Promise<Result>;
  delete?(request: RouteRequest<Path, unknown, State>): Result | Promise<Result>;
  options?(request: RouteRequest<Path, unknown, State>): Result | Promise<Result>;
}
