/** Runs an application under `node:http`, `node:https`, `node:http2`, or inside Express and the like. */
import { HttpError } from "../../errors/index.ts";
import {
  type Application,
  errorResponse,
  type Request,
  type Response,
  toResponse,
} from "../../message/index.ts";
import { discard, failureResponse, logFailure, upgradeUnsupported } from "./host-errors.ts";
import { type NodeRequest, type NodeResponse, requestOf } from "./node-request.ts";
import { breakOff, writeNodeResponse } from "./node-response.ts";

/** A listener of `createServer`, or a handler of Express. It answers every request and never throws. */
export type NodeListener = (incoming: NodeRequest, outgoing: NodeResponse) => void;

/**
 * A listener that answers with an application. Content streams both ways with back-pressure, `request.signal` is
 * aborted when the client goes away, and no error escapes. A head that Limpid's server would refuse is refused with
 * the same status.
 *
 * Timeouts, `100 Continue` and the number of connections are the host's. A response made by `upgrade` is answered
 * with 501 `LMP_SERVER_UPGRADE_UNSUPPORTED`, as such a host keeps its connections. Content that something in front
 * has read is `LMP_SERVER_CONTENT_TAKEN`. Moments of the server are not announced.
 *
 * @example
 * ```ts
 * import { once } from "node:events";
 * import { createServer } from "node:http";
 * import { App, toNodeListener } from "limpid";
 *
 * const app = new App();
 * app.get("/tea/:kind", ({ params }) => `A pot of ${params.kind}.`);
 *
 * const server = createServer(toNodeListener(app)).listen(0, "127.0.0.1");
 * await once(server, "listening");
 * const address = server.address() as { port: number };
 * console.log(await (await fetch(`http://127.0.0.1:${address.port}/tea/sencha`)).text()); // A pot of sencha.
 * server.closeAllConnections();
 * server.close();
 * ```
 */
export function toNodeListener(application: Application): NodeListener {
  return (incoming, outgoing) => {
    // A client that breaks off must not end the process.
    incoming.on("error", ignore);
    outgoing.on("error", ignore);
    let request: Request;
    try {
      request = requestOf(incoming, outgoing);
    } catch (error) {
      void refuse(outgoing, error);
      return;
    }
    void answer(application, request, outgoing);
  };
}

function ignore(): void {}

/** The head cannot be trusted: whoever sent it learns so. */
async function refuse(outgoing: NodeResponse, error: unknown): Promise<void> {
  const refusal = error instanceof HttpError ? error : new HttpError(500, undefined, { cause: error });
  const response = errorResponse(refusal);
  response.headers.set("Connection", "close");
  try {
    await writeNodeResponse(outgoing, response, "GET");
  } catch {
    breakOff(outgoing);
  }
}

async function answer(application: Application, request: Request, outgoing: NodeResponse): Promise<void> {
  try {
    const response = await responseOf(application, request);
    if (outgoing.destroyed) discard(response);
    else await write(outgoing, response, request);
  } catch (error) {
    logFailure(error, request);
    if (!outgoing.destroyed) breakOff(outgoing);
  }
}

async function responseOf(application: Application, request: Request): Promise<Response> {
  try {
    const response = toResponse(await application.handle(request), request);
    return response.status === 101 ? failureResponse(upgradeUnsupported(), request) : response;
  } catch (error) {
    return failureResponse(error, request);
  }
}

/** A response that Node refuses before anything has left is answered with 500. */
async function write(outgoing: NodeResponse, response: Response, request: Request): Promise<void> {
  try {
    await writeNodeResponse(outgoing, response, request.method);
  } catch (error) {
    if (outgoing.headersSent) throw error;
    discard(response);
    for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
    await writeNodeResponse(outgoing, failureResponse(error, request), request.method);
  }
}
