/** An application with a guard in every place where one can stand, each before handlers that know whether it ran. */
import { App, createLogger, type Middleware, type Request } from "limpid";
import { onPaths, stack } from "limpid/middleware";

/** What happened to one request. */
export interface Outcome {
  /** The places whose guard ran. */
  readonly passed: string[];
  /** The places whose handler ran. */
  readonly reached: string[];
}

export interface GuardedApp {
  readonly app: App;
  /** What happened since it was last asked. */
  outcome(): Outcome;
}

/** Paths of every guarded handler, with something for their parameters. */
export const guardedPaths: readonly string[] = [
  ...["/admin", "/admin/", "/admin/users", "/admin/users/7", "/admin/a/b/c"],
  ...["/panel", "/panel/keys", "/group", "/group/x", "/group/deep/er", "/route/7", "/files/a-b.txt"],
  ...["/mounted", "/mounted/", "/mounted/in", "/mounted/in/side", "/outer/inner/secret", "/account"],
];

export function guardedApp(): GuardedApp {
  let passed: string[] = [];
  let reached: string[] = [];
  const guard =
    (place: string): Middleware =>
    (_request, next) => {
      passed.push(place);
      return next();
    };
  const handler =
    (place: string) =>
    ({ path }: Pick<Request, "path">): string => {
      reached.push(place);
      return `${place} ${path}`;
    };

  const app = new App({ log: createLogger({ level: "silent" }) });
  app.use("/admin", guard("prefix"));
  app.get("/admin", handler("prefix"));
  app.get("/admin/users", handler("prefix"));
  app.get("/admin/users/:id(\\d+)", handler("prefix"));
  app.get("/admin/*", handler("prefix"));
  app.use(onPaths(["/panel", "/panel/*"], stack(guard("paths"))));
  app.get("/panel", handler("paths"));
  app.get("/panel/:key", handler("paths"));
  app.group("/group", (group) => {
    group.use(guard("group"));
    group.get("/", handler("group"));
    group.get("/*", handler("group"));
    group.group("/deep", (deep) => {
      deep.use(guard("deep"));
      deep.get("/er", handler("deep"));
    });
  });
  app.get("/route/:id", { use: [guard("route")] }, handler("route"));
  app.get("/files/:name-:part.:ext", { use: [guard("route")] }, handler("route"));
  app.get("/account", { use: [guard("account")] }, handler("account"));

  const mounted = new App({ log: createLogger({ level: "silent" }) });
  mounted.get("/", handler("mount"));
  mounted.get("/*", handler("mount"));
  app.use("/mounted", guard("mount"));
  app.mount("/mounted", mounted);

  const inner = new App({ log: createLogger({ level: "silent" }) });
  inner.use("/secret", guard("inner"));
  inner.get("/secret", handler("inner"));
  inner.get("/*", () => "open");
  const outer = new App({ log: createLogger({ level: "silent" }) });
  outer.mount("/inner", inner);
  app.mount("/outer", outer);
  app.get("/*", () => "public");

  return {
    app: app as unknown as App,
    outcome() {
      const outcome = { passed, reached };
      passed = [];
      reached = [];
      return outcome;
    },
  };
}
