/** The answer to a form that was taken: on to the page of what was written. */
import { type AnyRequest, Response } from "limpid";
import { audienceOf } from "./audience.ts";

/** 303 to `path`, said in a line to whoever does not follow; 201 with `resource` for who asks for JSON. */
export function written(request: AnyRequest, path: string, resource: () => object): Response {
  const audience = audienceOf(request);
  if (audience === "page") return Response.redirect(path, 303);
  const headers = { Location: path };
  if (audience === "json") return Response.json(resource(), { status: 201, headers });
  return Response.text(`Published: ${path}\n`, { status: 303, headers });
}
