/** What a page needs beside what it shows: where its links lead, and what belongs to this one request. */
import { Html } from "limpid";
import type { CsrfAdded } from "limpid/middleware";
import type { Links } from "./links.ts";

/** What middleware has set on the request that a page answers. */
export interface Visit extends CsrfAdded {
  nonce: string;
}

export interface Frame {
  readonly links: Links;
  /** Marks the page's own script for the browser. */
  readonly nonce: string;
  /** Stands in every form that changes something, and proves that the form came from here. */
  readonly guard: Html;
}

export function frameOf(request: Partial<Visit>, links: Links): Frame {
  return { links, nonce: request.nonce ?? "", guard: request.csrfField?.() ?? new Html("") };
}
