/** `Bun.serve` with its own router; its middleware is by hand, because it has none. */
import { greeting, large, piece, pieces, routeAnswer, seen, settled, userAnswer } from "../answers.ts";
import { Order, orderAnswer } from "../order.ts";
import { applicationRoutes } from "../scenarios.ts";
import { ready } from "./ready.ts";

type BunRequest = Request & { params: Record<string, string> };
type Handler = (request: BunRequest) => Response | Promise<Response>;
type Routes = Record<string, Record<string, Handler>>;
/** As much of Bun's interface as is used here. */
declare const Bun: {
  serve(options: { port: number; hostname: string; idleTimeout: number; routes: Routes }): { port: number };
};

type Step = (request: BunRequest, next: () => Response | Promise<Response>) => Response | Promise<Response>;
const pass = (): Step => (_request, next) => {
  seen.requests++;
  return next();
};
const wait = (): Step => async (_request, next) => {
  seen.requests++;
  await settled;
  return next();
};

function chain(steps: Step[], last: Handler): Handler {
  return steps.reduceRight<Handler>((inner, step) => (request) => step(request, () => inner(request)), last);
}

async function* streamed(): AsyncGenerator<Uint8Array> {
  for (let count = 0; count < pieces; count++) yield piece;
}

const greet: Handler = () => new Response(greeting);
const routes: Routes = {
  "/": { GET: greet },
  "/api/users/:id": {
    GET: (request) => {
      const { id = "" } = request.params;
      const verbose = new URL(request.url).searchParams.get("verbose") === "1";
      const user = userAnswer(id, verbose, request.headers.get("accept-language") ?? "");
      return Response.json(user, { headers: { "X-User": id } });
    },
  },
  "/echo": { POST: async (request) => Response.json(await request.json()) },
  "/orders": { POST: async (request) => Response.json(orderAnswer(Order.parse(await request.json()))) },
  "/large": { GET: () => new Response(large) },
  "/streamed": {
    // Bun takes an async generator as content; the types of Node do not know.
    GET: () =>
      new Response(streamed() as unknown as ReadableStream, { headers: { "Content-Type": "text/plain" } }),
  },
  "/sync/greeting": { GET: chain([pass(), pass(), pass(), pass(), pass()], greet) },
  "/mixed/greeting": { GET: chain([pass(), wait(), pass(), wait(), pass()], greet) },
};
for (const [number, { method, pattern }] of applicationRoutes.entries()) {
  const handler = chain([pass(), pass(), pass(), pass(), pass()], () => new Response(routeAnswer(number)));
  const route = (routes[`/forge${pattern}`] ??= {});
  route[method] = handler;
}

ready(Bun.serve({ port: 0, hostname: "127.0.0.1", idleTimeout: 255, routes }).port);
