/** What a filter or a test is, and what it may ask of the place in the template where it stands. */

/** `this` of every filter and test. */
export interface FilterScope {
  /** Whether values are escaped where the filter stands. */
  readonly escaping: boolean;
  /** The filter of a name, for filters that apply others, as `map` does; throws where there is none. */
  filter(name: string): TemplateFilter;
  /** The test of a name, for filters that ask others, as `select` does; throws where there is none. */
  test(name: string): TemplateTest;
}

/** `value | name(…rest)`; named arguments come last, as `NamedArguments`, unless the filter names its parameters. */
export type TemplateFilter = (this: FilterScope, value: unknown, ...rest: unknown[]) => unknown;

/** `value is name(…rest)`; named arguments come as they do to a filter. */
export type TemplateTest = (this: FilterScope, value: unknown, ...rest: unknown[]) => boolean;
