/** A named moment that a layer announces to whoever listens, over `node:diagnostics_channel`. */
import { type Channel, channel, subscribe, unsubscribe } from "node:diagnostics_channel";

const registry = new Map<string, Moment<object>>();

/**
 * A moment in the life of a connection or a request. Announcing one that nobody listens to costs a property read,
 * as long as the announcement stands behind `active`, so that its data is not even built.
 *
 * @example
 * ```ts
 * import { moment } from "limpid/trace";
 *
 * const brewed = moment<{ cups: number }>("kitchen.coffee.brewed");
 * const stop = brewed.listen(({ cups }) => console.log(cups, "cups"));
 * if (brewed.active) brewed.announce({ cups: 2 }); // 2 cups
 * stop();
 * ```
 */
export class Moment<Data extends object> {
  /** `layer.subject.event`, as in `tcp.connection.open`; the channel's name is this behind `limpid:`. */
  readonly name: string;
  readonly #channel: Channel;

  constructor(name: string) {
    this.name = name;
    this.#channel = channel(`limpid:${name}`);
  }

  /** Whether anybody listens. */
  get active(): boolean {
    return this.#channel.hasSubscribers;
  }

  /** Hands the data to every listener, at once and in order. */
  announce(data: Data): void {
    this.#channel.publish(data);
  }

  /** Listens until the returned function is called. What the listener throws becomes a process warning. */
  listen(listener: (data: Data, moment: Moment<Data>) => void): () => void {
    // The channel would turn a listener's error into an uncaught exception and end the process.
    const receive = (data: unknown): void => {
      try {
        listener(data as Data, this);
      } catch (error) {
        const thrown = error instanceof Error ? error : new Error(String(error));
        process.emitWarning(thrown.message, { type: "TraceListenerWarning", detail: thrown.stack ?? "" });
      }
    };
    subscribe(`limpid:${this.name}`, receive);
    return () => void unsubscribe(`limpid:${this.name}`, receive);
  }
}

/** Declares a moment; a name declared twice is one moment. */
export function moment<Data extends object>(name: string): Moment<Data> {
  const known = registry.get(name);
  if (known) return known as unknown as Moment<Data>;
  const created = new Moment<Data>(name);
  registry.set(name, created as unknown as Moment<object>);
  return created;
}

/** Every moment declared so far, in alphabetical order. */
export function moments(): Moment<object>[] {
  return [...registry.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Listens to every moment whose name begins with `prefix` (default: all) until the returned function is called. */
export function listen(
  listener: (data: object, moment: Moment<object>) => void,
  prefix: string = "",
): () => void {
  const stops = moments()
    .filter((known) => known.name.startsWith(prefix))
    .map((known) => known.listen(listener));
  return () => {
    for (const stop of stops) stop();
  };
}
