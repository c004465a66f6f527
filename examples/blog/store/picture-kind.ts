/** What a picture is, told by its first bytes: the name and the media type that a client sends may lie. */

/** By the extension under which a picture is kept and served. */
export type PictureKind = "png" | "jpg" | "gif" | "webp";

/** How many bytes have to be looked at. */
export const signatureBytes = 12;

/** One character a byte; a dot stands for any. */
const signatures: readonly (readonly [PictureKind, RegExp])[] = [
  ["png", /^\x89PNG\r\n\x1a\n/],
  ["jpg", /^\xff\xd8\xff/],
  ["gif", /^GIF8[79]a/],
  ["webp", /^RIFF.{4}WEBP/s],
];

/** The kind of a picture that begins like this; `undefined` for anything else. */
export function pictureKindOf(bytes: Uint8Array): PictureKind | undefined {
  const beginning = Buffer.from(bytes.subarray(0, signatureBytes)).toString("latin1");
  return signatures.find(([, signature]) => signature.test(beginning))?.[0];
}
