/** Resources held in memory, bounded by their bytes; the least recently used leaves first. */
import type { Resource } from "./resource.ts";

/** A cache of resources by their path. */
export class ResourceCache {
  readonly #limit: number;
  readonly #resources = new Map<string, { resource: Resource; bytes: number }>();
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The bytes held, with what each resource takes beside its content. */
  get bytes(): number {
    return this.#bytes;
  }

  get(path: string): Resource | undefined {
    return this.#resources.get(path)?.resource;
  }

  /** Adds a resource, or says that it was used: the order is that of these calls. */
  put(resource: Resource): void {
    this.remove(resource.path);
    this.#resources.set(resource.path, { resource, bytes: resource.bytes });
    this.#bytes += resource.bytes;
    this.#shrink();
  }

  /** Counts a resource anew that has become larger; one that has left meanwhile is not taken back. */
  recount(resource: Resource): void {
    const entry = this.#resources.get(resource.path);
    if (entry?.resource !== resource) return;
    this.#bytes += resource.bytes - entry.bytes;
    entry.bytes = resource.bytes;
    this.#shrink();
  }

  remove(path: string): void {
    const entry = this.#resources.get(path);
    if (entry === undefined) return;
    this.#resources.delete(path);
    this.#bytes -= entry.bytes;
  }

  #shrink(): void {
    for (const path of this.#resources.keys()) {
      if (this.#bytes <= this.#limit) return;
      this.remove(path);
    }
  }
}
