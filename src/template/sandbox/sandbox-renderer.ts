/** What all templates of one rendering in the sandbox share. */
import type { FilterScope } from "../filter-scope.ts";
import { Renderer, type TemplateHost } from "../runtime/renderer.ts";
import type { Budget } from "./budget.ts";
import type { Permission } from "./permission.ts";

export class SandboxRenderer extends Renderer {
  readonly budget: Budget;
  readonly permission: Permission;
  /** What filters and tests get as `this`, by whether values are escaped. */
  readonly scopes: { readonly escaping: FilterScope; readonly plain: FilterScope };

  constructor(
    host: TemplateHost,
    budget: Budget,
    permission: Permission,
    scopes: { readonly escaping: FilterScope; readonly plain: FilterScope },
  ) {
    super(host);
    this.budget = budget;
    this.permission = permission;
    this.scopes = scopes;
  }
}
