/** What the template engine announces on `trace`. */
import { moment } from "../trace/index.ts";

/** What is rendered. */
export interface RenderBegin {
  /** The name of the template. */
  readonly template: string;
  /** The one block that is rendered; undefined for the whole template. */
  readonly block: string | undefined;
}

/** How it went. */
export interface RenderEnd extends RenderBegin {
  /** UTF-16 code units of the text; undefined where it failed or nobody read it to the end. */
  readonly length: number | undefined;
  /** What was thrown; undefined where nothing was. */
  readonly error: unknown;
}

/** A rendering begins; a stream begins with its first reader. */
export const renderBegin = moment<RenderBegin>("template.render.begin");
export const renderEnd = moment<RenderEnd>("template.render.end");

/** A template was parsed and made ready, for the first time or because it has changed. */
export const templateLoaded = moment<{ template: string; path: string | undefined }>("template.source.load");
