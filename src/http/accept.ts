/** Content negotiation (RFC 9110 §12.5): which of the server's offers a client wants most. */
import { LimpidError } from "../errors/index.ts";
import { MediaType } from "./media-type.ts";
import { type Preference, preferences } from "./quality-values.ts";

/** How closely an element names an offer: 0 for a wildcard, more for less general ones, -1 for not at all. */
type Closeness = (preference: Preference, offer: string) => number;

/**
 * The media type a client wants most of those offered. The most specific range that fits an offer gives its quality;
 * among equal qualities the more specific range wins, then the earlier offer.
 *
 * @param header - The `Accept` field; `null`, empty, or without one readable element: the first offer.
 * @param offers - Media types in the server's order of preference.
 * @returns One of `offers` as it was given, `undefined` where none is acceptable (406).
 * @throws LimpidError `LMP_HTTP_OFFER_INVALID` for an offer that is no media type.
 *
 * @example
 * ```ts
 * import { accepts } from "limpid/http";
 *
 * const offers = ["text/html", "application/json"];
 * console.log(accepts("text/html;q=0.5, application/json", offers)); // application/json
 * console.log(accepts("text/*", offers)); // text/html
 * console.log(accepts("image/png", offers)); // undefined
 * ```
 */
export function accepts(header: string | null | undefined, offers: readonly string[]): string | undefined {
  const types = new Map(offers.map((offer) => [offer, parseOffer(offer)]));
  return choose(preferences(header), offers, (preference, offer) =>
    mediaCloseness(preference, types.get(offer)!),
  );
}

/**
 * The content coding a client wants most of those offered (RFC 9110 §12.5.3). `identity` is acceptable unless the
 * field excludes it. Without the field the answer is `identity` where it is offered and nothing otherwise: the RFC
 * would permit any coding, but a client that does not ask for one can seldom undo it.
 *
 * @example
 * ```ts
 * import { acceptsEncoding } from "limpid/http";
 *
 * console.log(acceptsEncoding("gzip, br", ["br", "gzip", "identity"])); // br
 * console.log(acceptsEncoding(null, ["br", "gzip", "identity"])); // identity
 * ```
 */
export function acceptsEncoding(
  header: string | null | undefined,
  offers: readonly string[],
): string | undefined {
  const wanted = preferences(header);
  // The weakest wish of all, so that it loses to every coding the client named.
  if (!wanted.some(({ value }) => value === "identity" || value === "*")) {
    wanted.push({ value: "identity", quality: Number.MIN_VALUE, parameters: new Map() });
  }
  return choose(wanted, offers, encodingCloseness);
}

/**
 * The language a client wants most of those offered, by RFC 4647: `en` takes `en-GB` (filtering, §3.3.1), and where
 * nothing closer is offered `en-GB` is content with `en` (lookup, §3.4).
 *
 * @example
 * ```ts
 * import { acceptsLanguage } from "limpid/http";
 *
 * console.log(acceptsLanguage("de-CH, en;q=0.8", ["en-GB", "de"])); // de
 * ```
 */
export function acceptsLanguage(
  header: string | null | undefined,
  offers: readonly string[],
): string | undefined {
  return choose(preferences(header), offers, languageCloseness);
}

/**
 * The charset a client wants most of those offered (RFC 9110 §12.5.2). Browsers no longer send the field.
 *
 * @example
 * ```ts
 * import { acceptsCharset } from "limpid/http";
 *
 * console.log(acceptsCharset("iso-8859-1;q=0.5, utf-8", ["utf-8"])); // utf-8
 * ```
 */
export function acceptsCharset(
  header: string | null | undefined,
  offers: readonly string[],
): string | undefined {
  return choose(preferences(header), offers, tokenCloseness);
}

/** A field that states no preference, because it is missing, empty or unreadable, takes the first offer. */
function choose(wanted: Preference[], offers: readonly string[], closeness: Closeness): string | undefined {
  if (wanted.length === 0) return offers[0];
  let best: string | undefined;
  let bestQuality = 0;
  let bestCloseness = -1;
  for (const offer of offers) {
    let quality = 0;
    let closest = -1;
    for (const preference of wanted) {
      const here = closeness(preference, offer);
      if (here > closest) {
        closest = here;
        quality = preference.quality;
      }
    }
    if (quality > bestQuality || (quality > 0 && quality === bestQuality && closest > bestCloseness)) {
      best = offer;
      bestQuality = quality;
      bestCloseness = closest;
    }
  }
  return best;
}

function parseOffer(offer: string): MediaType {
  const type = MediaType.parse(offer);
  if (type !== undefined) return type;
  throw new LimpidError("LMP_HTTP_OFFER_INVALID", "Only media types can be offered to a client.", {
    expected: 'a media type such as "text/html"',
    found: JSON.stringify(offer),
    fix: 'Write both halves of the type: "application/json", not "json".',
  });
}

/** A range of all types is 0, `text/*` 1, `text/html` 2, and one more for each parameter (RFC 9110 §12.5.1). */
function mediaCloseness({ value, parameters }: Preference, offer: MediaType): number {
  // Java's HttpURLConnection writes a lone `*`.
  if (value === "*" || value === "*/*") return 0;
  if (value === `${offer.type}/*`) return 1;
  if (value !== offer.essence) return -1;
  let closeness = 2;
  for (const [name, wanted] of parameters) {
    const lower = wanted.toLowerCase();
    // Some clients ask for the charset that everything is written in anyway, and mean no other representation.
    if (name === "charset" && lower === "utf-8") continue;
    if (offer.parameters.get(name)?.toLowerCase() !== lower) return -1;
    closeness++;
  }
  return closeness;
}

function tokenCloseness({ value }: Preference, offer: string): number {
  if (value === "*") return 0;
  return value === offer.toLowerCase() ? 1 : -1;
}

/** `x-gzip` and `x-compress` are other names of `gzip` and `compress` (RFC 9110 §8.4.1). */
function encodingCloseness(preference: Preference, offer: string): number {
  const { value } = preference;
  if ((value === "x-gzip" || value === "x-compress") && value === `x-${offer.toLowerCase()}`) return 1;
  return tokenCloseness(preference, offer);
}

/** `*` is 0, an offer shorter than the range 1, then the longer the range, the closer. */
function languageCloseness({ value, quality }: Preference, offer: string): number {
  if (value === "*") return 0;
  const tag = offer.toLowerCase();
  if (tag === value || tag.startsWith(`${value}-`)) return 1 + value.length;
  // "Not British English" says nothing against English.
  return quality > 0 && value.startsWith(`${tag}-`) ? 1 : -1;
}
