/** What a page needs beside what it shows: where its links lead, and what belongs to this one request. */
import { Html } from "limpid";
import type { CsrfAdded } from "limpid/middleware";
import type { Session } from "limpid/orm";
import type { Links } from "./links.ts";
import type { NoticeAdded } from "./notices.ts";

/** What middleware has set on the request that a page answers. */
export interface Visit extends CsrfAdded, NoticeAdded {
  db: Session;
}

export interface Frame {
  readonly links: Links;
  /** Stands in every form that changes something, and proves that the form came from here. */
  readonly guard: Html;
  /** What the last form has done, to be said once. */
  readonly notice: string | undefined;
}

/** A request that is refused before it gets to the middleware has none of it. */
export function frameOf(request: Partial<Visit>, links: Links): Frame {
  return { links, guard: request.csrfField?.() ?? new Html(""), notice: request.notice?.() };
}
