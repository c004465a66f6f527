/** What an adapter does with errors: the same answers and the same log lines as the server's own. */
import { HttpError } from "../../errors/index.ts";
import { errorResponse, type Request, type Response } from "../../message/index.ts";
import { piecesOf } from "../pieces.ts";

/** A response with status 101 on a host that cannot hand over its connection. */
export function upgradeUnsupported(): HttpError {
  return new HttpError(501, "This host cannot change the protocol.", {
    code: "LMP_SERVER_UPGRADE_UNSUPPORTED",
    expected: "a response that ends, on a host that speaks nothing but HTTP",
    found: "a response with status 101",
    fix: "Run the application on Limpid's own server: `app.listen()` or `limpid start`.",
  });
}

/** The answer to what an application threw. What is not meant for the client is logged with the request's id. */
export function failureResponse(error: unknown, request: Request): Response {
  if (!(error instanceof HttpError && error.expose)) logFailure(error, request);
  return errorResponse(error, request);
}

export function logFailure(error: unknown, request: Request): void {
  const known = error instanceof Error;
  const logged = known ? error : new Error("Something that is no Error was thrown.", { cause: error });
  request.log.error(logged, "the request failed");
}

/** Frees what the content of a response holds that nobody will read. */
export function discard(response: Response): void {
  const { content } = response;
  if (content === null || typeof content === "string" || content instanceof Uint8Array) return;
  piecesOf(content).cancel();
}
