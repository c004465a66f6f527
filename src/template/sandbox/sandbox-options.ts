/** What a sandbox can be told. */
import type { EnvironmentOptions } from "../environment-options.ts";
import type { SandboxLimits } from "./limits.ts";

/** Options of a `Sandbox`: those of an environment, and limits. */
export interface SandboxOptions extends EnvironmentOptions {
  /** How much one rendering may use up. */
  readonly limits?: SandboxLimits | undefined;
}
