/** What it takes to work on templates: loaded by `engine-on-demand.ts` when there is one. */
export { siteIn, siteOf } from "./html-site.ts";
export { renderTemplate, renderTemplateAsync, renderTemplateBlock, streamTemplate } from "./rendering.ts";
export { SandboxEngine } from "./sandbox/sandbox-engine.ts";
export { TemplateStore } from "./template-store.ts";
