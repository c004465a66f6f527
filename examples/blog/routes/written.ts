/** The answer to a form that was taken: on to the page of what was written. */
import { type AnyRequest, Response } from "limpid";
import { type NoticeCode, noticing } from "../notices.ts";
import { audienceOf } from "./audience.ts";

interface Written {
  /** Where it is read. */
  readonly path: string;
  /** What the page there says first. */
  readonly notice?: NoticeCode | undefined;
  /** What was written, for who asks for JSON. */
  readonly resource: () => object;
}

/** 303 to `path`, said in a line to whoever does not follow; 201 with the resource for who asks for JSON. */
export function written(request: AnyRequest, { path, notice, resource }: Written): Response {
  const audience = audienceOf(request);
  if (audience === "page") {
    const response = Response.redirect(path, 303);
    return notice === undefined ? response : noticing(response, notice);
  }
  const headers = { Location: path };
  if (audience === "json") return Response.json(resource(), { status: 201, headers });
  return Response.text(`Published: ${path}\n`, { status: 303, headers });
}
