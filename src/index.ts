/** What an ordinary application imports; each layer's own entry has the rest. */
export {
  App,
  type AppOptions,
  type Explanation,
  type Plugin,
  type Resource,
  type RouteOptions,
  type RouteRequest,
  type RouteSummary,
} from "./app/index.ts";
export {
  BadRequestError,
  ConflictError,
  ContentTooLargeError,
  ForbiddenError,
  HttpError,
  type HttpErrorDetails,
  type Issue,
  LimpidError,
  MethodNotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
  TooManyRequestsError,
  UnauthorizedError,
  UnsupportedMediaTypeError,
  ValidationError,
} from "./errors/index.ts";
export {
  Form,
  FormFile,
  type FormLimits,
  type FormOptions,
  FormPart,
} from "./forms/index.ts";
export { type CookieOptions, Headers, type HeadersInit, MediaType, Query } from "./http/index.ts";
export { createLogger, type Logger } from "./log/index.ts";
export {
  type AnyRequest,
  type Application,
  errorResponse,
  escapeHtml,
  Html,
  HtmlStream,
  Request,
  Response,
  type Result,
  raw,
  type ServerSentEvent,
} from "./message/index.ts";
export {
  basicAuth,
  bodyLimit,
  compose,
  compress,
  conditional,
  cors,
  csrf,
  type Handler,
  logger,
  MemoryRateLimitStore,
  type Middleware,
  methodOverride,
  type Next,
  named,
  onMethods,
  onPaths,
  onResponse,
  parallel,
  type RateLimitStore,
  rateLimit,
  requestId,
  secureHeaders,
  stack,
  timeout,
  trustProxy,
  unless,
  when,
} from "./middleware/index.ts";
export {
  fromFetch,
  type ServeOptions,
  Server,
  type ServerOptions,
  serve,
  toFetchHandler,
  toNodeListener,
  upgrade,
} from "./server/index.ts";
export { type Files, type FilesOptions, files } from "./static/index.ts";
export {
  Environment,
  type EnvironmentOptions,
  FileSystemLoader,
  html,
  Template,
  TemplateError,
} from "./template/index.ts";
export { check, type Infer, type StandardSchemaV1, validate } from "./validation/index.ts";
