/** Random choices that are the same in every run of a seed, so that a variant that fails can be made again. */

/** A small generator (mulberry32) and the choices that variants are made of. */
export class Random {
  #state: number;

  constructor(seed: string | number) {
    this.#state = typeof seed === "number" ? seed >>> 0 : hash(seed);
  }

  /** From 0 to below `bound`. */
  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * bound);
  }

  /** From `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<Item>(items: ArrayLike<Item>): Item {
    return items[this.below(items.length)] as Item;
  }

  /** Characters of the alphabet, from `least` to `most` of them. */
  text(alphabet: string, least: number, most: number): string {
    let text = "";
    for (let left = this.between(least, most); left > 0; left--) text += this.pick(alphabet);
    return text;
  }

  /** The text with each letter in upper or lower case. */
  anyCase(text: string): string {
    return Array.from(text, (letter) => (this.oneIn(2) ? letter.toUpperCase() : letter.toLowerCase())).join(
      "",
    );
  }

  /** The text with `inserted` at one of the places from `least` to `most` (default: anywhere). */
  insert(text: string, inserted: string, least = 0, most = text.length): string {
    const place = this.between(least, most);
    return text.slice(0, place) + inserted + text.slice(place);
  }

  /** The octets cut at up to `most` random places. */
  cut(octets: Uint8Array, most: number): Uint8Array[] {
    const places = Array.from({ length: this.between(1, most) }, () => this.below(octets.length + 1));
    const cuts = [0, ...places.sort((a, b) => a - b), octets.length];
    return cuts.slice(1).map((end, index) => octets.subarray(cuts[index], end));
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const octet of Buffer.from(text)) value = Math.imul(value ^ octet, 0x01000193);
  return value >>> 0;
}
