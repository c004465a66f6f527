/** Between the platform's Request and Response and Limpid's own, for hosts that speak Fetch. */
import { Request, type Response } from "../message/index.ts";

/** A request of a Fetch-style host. */
export function fromWebRequest(request: globalThis.Request): Request {
  const { method, url, body, signal } = request;
  const headers: [string, string][] = [...request.headers];
  return new Request(url, { method, headers, body: body as ReadableStream<Uint8Array> | null, signal });
}

/** A response for a Fetch-style host. */
export function toWebResponse(response: Response): globalThis.Response {
  const headers = new globalThis.Headers();
  for (const [name, value] of response.headers.lines()) headers.append(name, value);
  const { content, status, statusText } = response;
  const body = content === null || typeof content === "string" ? content : response.body;
  return new globalThis.Response(body, { status, statusText, headers });
}
