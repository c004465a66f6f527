/** What any server runs: a function from request to response. */
import type { Request } from "./request.ts";
import type { Response } from "./response.ts";

/** An application. A response that is there at once needs no promise. */
export interface Application {
  handle(request: Request): Response | Promise<Response>;
}
