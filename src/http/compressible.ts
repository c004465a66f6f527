/** Which content becomes smaller when it is compressed, by its media type. */
import { MediaType } from "./media-type.ts";

const types = new Set([
  "application/javascript",
  "application/json",
  "application/wasm",
  "application/xml",
  "application/x-ndjson",
  "application/vnd.ms-fontobject",
  "font/otf",
  "font/ttf",
  "image/bmp",
  "image/x-icon",
  "image/vnd.microsoft.icon",
]);

/** Applications have few types, so that each is parsed once; what would not fit is parsed again. */
const known = new Map<string, boolean>();
const capacity = 256;

/**
 * Whether content of this type becomes smaller. Images, films, archives and most fonts are compressed already.
 *
 * @example
 * ```ts
 * import { isCompressible } from "limpid/http";
 *
 * console.log(isCompressible("text/css; charset=utf-8"), isCompressible("image/png")); // true false
 * ```
 */
export function isCompressible(mediaType: string): boolean {
  const remembered = known.get(mediaType);
  if (remembered !== undefined) return remembered;
  const type = MediaType.parse(mediaType);
  const answer =
    type !== undefined &&
    (types.has(type.essence) || type.type === "text" || type.matches("+json") || type.matches("+xml"));
  if (known.size < capacity) known.set(mediaType, answer);
  return answer;
}
