/** Makes a file name out of what a client says one is: no path, no trick, fit for every file system. */

/** What a name is where nothing usable is left of it. */
const unnamed = "unnamed";

/** The longest name that common file systems take, in UTF-8 bytes. */
const longest = 255;

/** The longest extension that survives the shortening of a name, in UTF-8 bytes with its dot. */
const longestExtension = 32;

/** C0, DEL, C1; marks that turn the direction of text or cannot be seen; line and paragraph separators. */
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]/gu;

/** Half a surrogate pair has no UTF-8. */
const loneSurrogate = /\p{Surrogate}/gu;

/** What Windows does not take in a name; the colon would name a stream of the file. */
const forbidden = /[<>:"|?*]/g;

/** Names that are devices on Windows, whatever extension they have. */
const device =
  /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?: *\.|$)/i;

/**
 * The last segment of a path that a client has sent, without control characters, leading dots, characters and names
 * that are special on some system, at most 255 bytes in UTF-8; `"unnamed"` where nothing is left. It is good to show
 * and to put into a record. Never store a file under it: another one may have the same name.
 *
 * @example
 * ```ts
 * import { safeFilename } from "limpid/forms";
 *
 * console.log(safeFilename("../../etc/passwd")); // passwd
 * console.log(safeFilename("C:\\photos\\.htaccess")); // htaccess
 * console.log(safeFilename("..")); // unnamed
 * console.log(safeFilename("con.txt")); // _con.txt
 * ```
 */
export function safeFilename(sent: string): string {
  // Far more than any name has; the rest would only cost time.
  const bounded = sent.length > 4096 ? sent.slice(-4096) : sent;
  const plain = bounded.replace(loneSurrogate, "").normalize("NFC");
  const segment = plain.slice(Math.max(plain.lastIndexOf("/"), plain.lastIndexOf("\\")) + 1);
  const visible = segment.replace(invisible, "").replace(forbidden, "_");
  const name = shortened(trimmed(visible));
  if (name === "") return unnamed;
  return device.test(name) ? shortened(`_${name}`) : name;
}

/** Without dots and spaces before the name (hidden files) and behind it (Windows drops them). */
function trimmed(name: string): string {
  let start = 0;
  let end = name.length;
  while (start < end && isDotOrSpace(name.charCodeAt(start))) start++;
  while (end > start && isDotOrSpace(name.charCodeAt(end - 1))) end--;
  return name.slice(start, end);
}

function isDotOrSpace(code: number): boolean {
  return code === 0x2e || code === 0x20 || code === 0xa0 || code === 0x3000;
}

/** Cut before its extension, between two characters. */
function shortened(name: string): string {
  if (name.length <= longest / 4 || Buffer.byteLength(name) <= longest) return name;
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 && Buffer.byteLength(name.slice(dot)) <= longestExtension ? name.slice(dot) : "";
  const room = longest - Buffer.byteLength(extension);
  let stem = "";
  let bytes = 0;
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    stem += character;
  }
  return trimmed(stem) + extension;
}
