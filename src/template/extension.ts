/** Tags of an application's own. */
import type { Html } from "../message/index.ts";
import type { NamedArguments } from "./values/named-arguments.ts";

/** What a tag is called with. */
export interface TagCall {
  readonly arguments: readonly unknown[];
  /** The arguments given as `name=value`. */
  readonly named: Readonly<Record<string, unknown>>;
  /** Renders what stands between the tag and its end; for a tag without a body it gives nothing. */
  body(): string | Html | Promise<string | Html>;
}

/**
 * A tag: `{% name argument, key=value %}`, and where it has a body everything up to `{% endname %}`. What `run` gives
 * is written where the tag stands, escaped for the place unless it is the markup of the body.
 *
 * @example
 * ```ts
 * import { Environment, type Extension } from "limpid/template";
 *
 * const shout: Extension = { tag: "shout", body: true, run: ({ body }) => String(body()).toUpperCase() };
 * const views = new Environment({ extensions: [shout] });
 * console.log(String(views.fromString("{% shout %}hi {{ name }}{% endshout %}").render({ name: "Ada" }))); // HI ADA
 * ```
 */
export interface Extension {
  /** The word after `{%`. */
  readonly tag: string;
  /** Whether the tag goes on to `{% endname %}`. Default false. */
  readonly body?: boolean | undefined;
  run(call: TagCall): unknown;
}

/** The named arguments as an object that inherits nothing. */
export function tagCall(
  positional: readonly unknown[],
  named: NamedArguments | undefined,
  body: (() => unknown) | undefined,
): TagCall {
  return {
    arguments: positional,
    named: named ?? {},
    body: (body as TagCall["body"] | undefined) ?? (() => ""),
  };
}
