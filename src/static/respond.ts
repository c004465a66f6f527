/** The answer to a request for a file: preconditions, ranges and content, in the order of RFC 9110 §13.2.2. */
import { HttpError, NotFoundError, ServiceUnavailableError } from "../errors/index.ts";
import {
  type ByteRange,
  byteRanges,
  contentRange,
  evaluatePreconditions,
  type Headers,
  ifRange,
  parseRange,
  unsatisfiedRange,
} from "../http/index.ts";
import { type AnyRequest, Response } from "../message/index.ts";
import { FileContent, type Segment } from "./file-content.ts";
import type { Folder } from "./folder.ts";
import type { Representation } from "./representation.ts";
import { Resource } from "./resource.ts";

/** A file that is replaced again and again while it is asked for. */
const ATTEMPTS = 3;

/** How a resource is answered for one request. */
export interface Answering {
  readonly folder: Folder;
  /** It was asked for by the hash of its content, and never changes. */
  readonly forever: boolean;
}

/** Answers with a resource. Where its bytes are in memory, no promise is made. */
export function respond(
  request: AnyRequest,
  resource: Resource,
  answering: Answering,
  attempt: number = 1,
): Response | Promise<Response> {
  const ranged = request.headers.get("range") !== null;
  const grown = () => answering.folder.grown(resource);
  const chosen = resource.choose(request.headers.get("accept-encoding"), ranged, grown);
  return chosen instanceof Promise
    ? chosen.then((one) => answer(request, resource, one, answering, attempt))
    : answer(request, resource, chosen, answering, attempt);
}

function answer(
  request: AnyRequest,
  resource: Resource,
  chosen: Representation,
  answering: Answering,
  attempt: number,
): Response | Promise<Response> {
  const { forever } = answering;
  const verdict = evaluatePreconditions(request, chosen);
  if (verdict === "not-modified") return new Response(null, { status: 304, headers: chosen.kept(forever) });
  if (verdict === "precondition-failed") throw preconditionFailed();
  const ranges = rangesOf(request, chosen);
  const headers = chosen.fields(forever);
  const { bytes } = chosen;
  if (bytes !== undefined) {
    return ranges === undefined
      ? new Response(bytes, { headers })
      : partOfHeld(bytes, ranges, chosen, headers);
  }
  if (request.method === "HEAD") {
    const response = new Response(null, { headers });
    response.headers.set("Content-Length", chosen.size);
    return response;
  }
  return fromDisk(request, resource, chosen, ranges, answering, attempt);
}

/** The ranges that are asked for; `undefined` for the whole. `Range` is defined for GET alone (RFC 9110 §14.2). */
function rangesOf(request: AnyRequest, chosen: Representation): readonly ByteRange[] | undefined {
  const field = request.method === "GET" ? request.headers.get("range") : null;
  if (field === null || !ifRange(request, chosen, Date.now())) return undefined;
  const set = parseRange(field, chosen.size);
  if (set.kind === "unsatisfiable") throw rangeUnsatisfiable(chosen.size);
  return set.kind === "ranges" ? set.ranges : undefined;
}

/** Several parts, or one, of bytes in memory. */
function partOfHeld(
  bytes: Buffer,
  ranges: readonly ByteRange[],
  chosen: Representation,
  headers: Headers,
): Response {
  const { fields, segments } = framed(ranges, chosen, headers);
  const parts = segments.map((one) =>
    one instanceof Uint8Array ? one : bytes.subarray(one.first, one.last + 1),
  );
  return new Response(parts.length === 1 ? parts[0]! : Buffer.concat(parts), {
    status: 206,
    headers: fields,
  });
}

async function fromDisk(
  request: AnyRequest,
  resource: Resource,
  chosen: Representation,
  ranges: readonly ByteRange[] | undefined,
  answering: Answering,
  attempt: number,
): Promise<Response> {
  const { folder, forever } = answering;
  const descriptor = await folder.open(chosen);
  if (descriptor === undefined) return again(request, resource, answering, attempt);
  const headers = chosen.fields(forever);
  if (ranges === undefined) {
    const segments = chosen.size === 0 ? [] : [{ first: 0, last: chosen.size - 1 }];
    const response = new Response(new FileContent(descriptor, chosen.path, segments), { headers });
    response.headers.set("Content-Length", chosen.size);
    return response;
  }
  const { fields, segments, length } = framed(ranges, chosen, headers);
  const content = new FileContent(descriptor, chosen.path, segments);
  const response = new Response(content, { status: 206, headers: fields });
  response.headers.set("Content-Length", length);
  return response;
}

/** The file is another one than it was a moment ago: its fields were of the old one. */
async function again(
  request: AnyRequest,
  resource: Resource,
  answering: Answering,
  attempt: number,
): Promise<Response> {
  answering.folder.forget(resource.path);
  if (attempt === ATTEMPTS) {
    throw new ServiceUnavailableError("The file is being replaced.", { headers: { "Retry-After": "1" } });
  }
  const found = await answering.folder.find(resource.path);
  // What its name promised need not be true of the new one.
  if (!(found instanceof Resource) || answering.forever) throw notFound(resource.path);
  return respond(request, found, answering, attempt + 1);
}

/** One part goes as it is, several in `multipart/byteranges` (RFC 9110 §15.3.7). */
function framed(
  ranges: readonly ByteRange[],
  { size, type }: Representation,
  headers: Headers,
): { fields: Headers; segments: readonly Segment[]; length: number } {
  const fields = headers.clone();
  const [only] = ranges;
  if (ranges.length === 1 && only !== undefined) {
    fields.set("Content-Range", contentRange(only, size));
    return { fields, segments: ranges, length: only.last - only.first + 1 };
  }
  const { randomBytes } = process.getBuiltinModule("node:crypto");
  const multipart = byteRanges(ranges, size, type, randomBytes(18).toString("hex"));
  fields.set("Content-Type", multipart.type);
  const segments = ranges.flatMap((range, index) => [Buffer.from(multipart.heads[index]!, "latin1"), range]);
  return { fields, segments: [...segments, Buffer.from(multipart.end, "latin1")], length: multipart.length };
}

/** There is no such file. */
export function notFound(path: string): NotFoundError {
  return new NotFoundError("There is no such file.", {
    code: "LMP_FILE_NOT_FOUND",
    found: path.slice(0, 80),
  });
}

function preconditionFailed(): HttpError {
  return new HttpError(412, "The file is not what the request expects.", {
    code: "LMP_STATIC_PRECONDITION_FAILED",
    expected: "the version named in If-Match or If-Unmodified-Since",
    fix: "Fetch the file again.",
  });
}

function rangeUnsatisfiable(size: number): HttpError {
  return new HttpError(416, "No requested range lies in the file.", {
    code: "LMP_STATIC_RANGE_UNSATISFIABLE",
    expected: `bytes 0 to ${size - 1}`,
    headers: { "Content-Range": unsatisfiedRange(size) },
    fix: "Ask for bytes that the file has.",
  });
}
