/** Bounds the content of requests. */
import { ContentTooLargeError } from "../errors/index.ts";
import { type ByteSize, bytesOf } from "./byte-size.ts";
import { named } from "./name.ts";
import type { Middleware } from "./types.ts";

/**
 * Sets `request.bodyLimit`, in bytes; content past it is 413 `LMP_BODY_TOO_LARGE` while it is read, and at once where
 * `Content-Length` announces it. Where several stand in the way of a request, an announced length has to fit each.
 *
 * @example
 * ```ts
 * import { bodyLimit, compose } from "limpid/middleware";
 * import { Request } from "limpid/message";
 *
 * const run = compose([bodyLimit("1kb")], (request) => request.text());
 * const request = new Request("/", { method: "POST", body: "x".repeat(2000), headers: { "Content-Length": "2000" } });
 * await Promise.resolve(request).then(run).catch((error) => console.log(error.status)); // 413
 * ```
 */
export function bodyLimit(size: ByteSize): Middleware {
  const limit = bytesOf(size, "size of bodyLimit");
  return named("bodyLimit", (request, next) => {
    const announced = request.headers.get("content-length");
    if (announced !== null && Number(announced) > limit) {
      throw new ContentTooLargeError(`The content is larger than ${limit} bytes.`, {
        expected: `at most ${limit} bytes`,
        found: `${announced.slice(0, 20)} bytes announced`,
        fix: "Send less, or raise the limit of this route with `bodyLimit`.",
      });
    }
    request.bodyLimit = limit;
    return next();
  });
}
