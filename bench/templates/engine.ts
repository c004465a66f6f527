/** What the process of an engine needs to know of it. */

/** What a template shows. */
export type Data = Readonly<Record<string, unknown>>;

/** From data to a page. */
export type Render = (data: Data) => string;

/** An engine with its templates, compiled once, as an application would have them. */
export interface Engine {
  readonly table: Render;
  readonly attributes: Render;
  /** A page with layout, include in a loop, macro and filters. */
  readonly page?: Render;
  /** A section of some 20 lines of the large template. */
  readonly section?: (number: number) => string;
  /** Compiles, never from a cache. */
  readonly compile?: (source: string) => Render;
}
