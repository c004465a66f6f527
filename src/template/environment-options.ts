/** What an environment can be told. */

import type { Extension } from "./extension.ts";
import type { TemplateFilter, TemplateTest } from "./filter-scope.ts";
import type { Syntax } from "./lexer/syntax.ts";
import type { Loader } from "./loaders.ts";

/**
 * How values are escaped: by the place in the HTML where they stand, all of them for element text as Jinja does, or
 * not at all.
 */
export type AutoescapeMode = "context" | "html" | false;

/** Options of an `Environment`. */
export interface EnvironmentOptions {
  /** Where templates are found; a text or URL is a folder. Default: nowhere, which is enough for `fromString`. */
  readonly loader?: Loader | string | URL | undefined;
  /** Filters beside the built-in ones, or in their place. */
  readonly filters?: Readonly<Record<string, TemplateFilter>> | undefined;
  /** Tests beside the built-in ones, or in their place. */
  readonly tests?: Readonly<Record<string, TemplateTest>> | undefined;
  /** Names that every template knows. */
  readonly globals?: Readonly<Record<string, unknown>> | undefined;
  /** Tags of one's own. */
  readonly extensions?: readonly Extension[] | undefined;
  /** Default: `"context"`, and `false` for templates whose name ends in `.txt`. */
  readonly autoescape?: AutoescapeMode | ((name: string) => AutoescapeMode) | undefined;
  /** Whether an undefined name is an error. Default: whether `NODE_ENV` is `"development"`. */
  readonly strict?: boolean | undefined;
  /** Whether a template is read again when it has changed. Default: whether `NODE_ENV` is `"development"`. */
  readonly reload?: boolean | undefined;
  /** Other delimiters, line statements, and what happens to the whitespace around tags. */
  readonly syntax?: Partial<Syntax> | undefined;
}
