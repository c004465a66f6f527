/** The template engine: Jinja's language, escaped by the place where a value stands. */
export {
  type CheckEnvironment,
  type CheckOptions,
  type CheckResult,
  checkTemplates,
  type Problem,
} from "./check.ts";
export { type AnyViews, Environment } from "./environment.ts";
export type { AutoescapeMode, EnvironmentOptions } from "./environment-options.ts";
export type { Extension, TagCall } from "./extension.ts";
export type { FilterScope, TemplateFilter, TemplateTest } from "./filter-scope.ts";
export { type HtmlValue, html } from "./html.ts";
export type { Syntax } from "./lexer/syntax.ts";
export {
  ChainLoader,
  FileSystemLoader,
  type LoadedTemplate,
  type Loader,
  MemoryLoader,
  PrefixLoader,
} from "./loaders.ts";
export { type RenderBegin, type RenderEnd, renderBegin, renderEnd, templateLoaded } from "./moments.ts";
export type { Data } from "./runtime/context.ts";
export type { SandboxLimits } from "./sandbox/limits.ts";
export type { SandboxOptions } from "./sandbox/sandbox-options.ts";
export { Sandbox } from "./sandbox.ts";
export { type CompiledIn, type Props, Template, type TemplateOptions } from "./template.ts";
export { TemplateError, type TemplateErrorCode } from "./template-error.ts";
export { NamedArguments, withParameters } from "./values/call.ts";
export { exposed } from "./values/exposed.ts";
