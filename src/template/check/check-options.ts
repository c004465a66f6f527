/** What a check is told, and what it gives. */
import type { AutoescapeMode, EnvironmentOptions } from "../environment-options.ts";
import type { Problem } from "./problem.ts";

/** What the templates of a check know, as an `Environment` has it. */
export interface CheckEnvironment {
  readonly filters: ReadonlyMap<string, unknown>;
  readonly tests: ReadonlyMap<string, unknown>;
  readonly globals: ReadonlyMap<string, unknown>;
  readonly syntax?: EnvironmentOptions["syntax"];
  /** How a template of a name is escaped. */
  autoescape?(name: string): AutoescapeMode;
  /** The tags of its extensions. */
  readonly tags?: ReadonlyMap<string, { readonly body?: boolean | undefined }> | undefined;
}

/** Options of `checkTemplates`. */
export interface CheckOptions {
  /** The folders that the names of templates begin at; the first that has a template gives it. */
  readonly folders: readonly string[];
  /** The folder of the project, from which TypeScript and `tsconfig.json` are looked for. */
  readonly project: string;
  /** What the templates know beside the built-in filters, tests and globals. */
  readonly environment?: CheckEnvironment | undefined;
}

/** What a check found. */
export interface CheckResult {
  /** How many templates there are. */
  readonly templates: number;
  /** By template, line and column. */
  readonly problems: readonly Problem[];
  /** The module that lists the templates with their props as `interface Views`, to be written to this path. */
  views(path: string): string;
}
