import { type Request, Response } from "limpid/message";
import { Server } from "limpid/server";

type Handler = (request: Request) => Response | Promise<Response>;
type Next = () => Response | Promise<Response>;
type Middleware = (request: Request, next: Next) => Response | Promise<Response>;

/** Middleware and a handler as one handler, the first middleware outermost. */
function compose(middleware: readonly Middleware[], handler: Handler): Handler {
  return middleware.reduceRight<Handler>(
    (below, one) => (request) =>
      one(
        request,
        once(one.name, () => below(request)),
      ),
    handler,
  );
}

/** Lets `next` be called once, because what comes after it must not run twice. */
function once(name: string, next: Next): Next {
  let called = false;
  return () => {
    if (called) throw new Error(`${name} has called next() twice.`);
    called = true;
    return next();
  };
}

/** Runs a middleware on the paths below a prefix only, under a name that says so. */
function below(prefix: string, middleware: Middleware): Middleware {
  const part: Middleware = (request, next) =>
    request.path.startsWith(`${prefix}/`) ? middleware(request, next) : next();
  return Object.defineProperty(part, "name", { value: `${middleware.name} below ${prefix}` });
}

const announce: Middleware = async (request, next) => {
  console.log(`in   ${request.path}`);
  const response = await next();
  console.log(`out  ${request.path} ${response.status}`);
  return response;
};
const rescue: Middleware = async (_request, next) => {
  try {
    return await next();
  } catch (error) {
    return new Response((error as Error).message, { status: 500 });
  }
};
const guard: Middleware = () => new Response("Staff only.", { status: 403 });
const hasty: Middleware = async (_request, next) => {
  await next();
  return next();
};

const handle = compose([announce, rescue, below("/admin", guard), below("/hasty", hasty)], (request) => {
  console.log(`     handling ${request.path}`);
  if (request.path === "/broken") throw new Error("It broke.");
  return new Response("Hello!");
});

const server = new Server({ handle }, { host: "127.0.0.1", port: 0 });
await server.listen();
for (const path of ["/hello", "/admin/users", "/broken", "/hasty/one"]) {
  const response = await fetch(server.url + path);
  console.log(`     ${response.status} ${await response.text()}\n`);
}
await server.close();
