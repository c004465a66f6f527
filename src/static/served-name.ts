/** Which names are served at all, judged before anything is asked of the system; the same on every platform. */

/** Longer names exist on no usual file system, longer paths in no system call. */
const NAME_BYTES = 255;
const PATH_BYTES = 4096;

/** Names that Windows takes for devices, whatever their extension (CVE-2025-27210). */
const device = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)(?:\.|$)/i;

/**
 * Whether a path below the folder may be served. The path is a canonical one: decoded once, without empty and dot
 * segments and without backslashes. Refused are names with a leading dot; with a colon, which on Windows leads to a
 * drive or to another stream of a file (`app.js::$DATA`); with control characters; with a dot or a space at the end,
 * which Windows would drop; of devices; and what is too long to be a name.
 */
export function isServedName(path: string, wellKnown: boolean): boolean {
  if (path.length > PATH_BYTES) return false;
  const names = path.split("/");
  return names.every((name, index) => {
    if (name.startsWith(".")) return wellKnown && index === 0 && name === ".well-known" && names.length > 1;
    return isPlainName(name);
  });
}

function isPlainName(name: string): boolean {
  if (name === "" || name.endsWith(" ") || name.endsWith(".") || hasOddCharacter(name)) return false;
  // A character takes three bytes at most for each unit of its length.
  return !(name.length * 3 > NAME_BYTES && Buffer.byteLength(name) > NAME_BYTES) && !device.test(name);
}

function hasOddCharacter(name: string): boolean {
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (code < 0x20 || code === 0x7f || code === 0x3a || code === 0x5c) return true;
  }
  return false;
}
