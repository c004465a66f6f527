/** The argument that every command about an application takes. */
export const appArgument = {
  name: "[app]",
  summary: "the module that exports the App; default: app.ts or src/app.ts",
} as const;
