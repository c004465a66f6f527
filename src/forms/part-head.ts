/** The header lines of one part of a multipart form: read once, strictly, from the block that the parser cut out. */
import { UnsupportedMediaTypeError } from "../errors/index.ts";
import { Headers, isFieldValue, isToken, MediaType } from "../http/index.ts";
import { readDisposition } from "./content-disposition.ts";
import { safeFilename } from "./filename.ts";
import { badPart, beyond } from "./form-error.ts";

/** What a part says of itself before its content. */
export interface PartHead {
  /** The name of the field, as in the form. May be any text, `"__proto__"` included. */
  readonly name: string;
  /** For a file: its name on the client's machine, made safe by `safeFilename`; undefined for a field. */
  readonly filename: string | undefined;
  /** Whether the file name was empty: how browsers send a file input in which nothing was chosen. */
  readonly unchosen: boolean;
  /** What the client says the content is; undefined where it says nothing. */
  readonly type: MediaType | undefined;
  /** Every header line of the part. */
  readonly headers: Headers;
}

/** The fields of a part that mean something here, and where each line begins and ends. */
interface Lines {
  disposition: string | undefined;
  type: string | undefined;
  encoding: string | undefined;
  readonly offsets: number[];
}

/** Reads the lines of a block, whose octets are one character each and which ends without its last CRLF. */
export function readPartHead(block: string, decoder: TextDecoder, lineLimit: number): PartHead {
  const lines: Lines = { disposition: undefined, type: undefined, encoding: undefined, offsets: [] };
  for (let start = 0, end = 0; end < block.length; start = end + 2) {
    end = block.indexOf("\r\n", start);
    if (end === -1) end = block.length;
    if (lines.offsets.length === lineLimit * 4) {
      const sentence = "A part of the form has too many header lines.";
      throw beyond("LMP_FORMS_PART_HEAD_TOO_LARGE", sentence, lineLimit, "lines");
    }
    readLine(block, start, end, lines);
  }
  if (lines.disposition === undefined) {
    throw badPart("A part of the form has no name.", "one Content-Disposition in every part", "none");
  }
  refuseEncoding(lines.encoding);
  const { name, filename } = readDisposition(lines.disposition, decoder);
  return {
    name,
    filename: filename === undefined ? undefined : safeFilename(filename),
    unchosen: filename === "",
    type: lines.type === undefined ? undefined : readType(lines.type),
    headers: Headers.fromBlock(block, lines.offsets),
  };
}

/** One line (RFC 9112 §5 without folding). A bare CR or LF is a control character here and refused with them. */
function readLine(block: string, start: number, end: number, lines: Lines): void {
  const colon = block.indexOf(":", start);
  const name = colon === -1 || colon > end ? "" : block.slice(start, colon);
  if (!isToken(name)) throw badLine("a line without a name and a colon");
  let from = colon + 1;
  let to = end;
  while (from < to && isWhitespace(block.charCodeAt(from))) from++;
  while (to > from && isWhitespace(block.charCodeAt(to - 1))) to--;
  const value = block.slice(from, to);
  if (!isFieldValue(value)) throw badLine("a control character");
  lines.offsets.push(start, colon, from, to);
  switch (name.toLowerCase()) {
    case "content-disposition":
      if (lines.disposition !== undefined) throw badLine("two Content-Disposition lines");
      lines.disposition = value;
      break;
    case "content-type":
      if (lines.type !== undefined) throw badLine("two Content-Type lines");
      lines.type = value;
      break;
    case "content-transfer-encoding":
      if (lines.encoding !== undefined) throw badLine("two Content-Transfer-Encoding lines");
      lines.encoding = value;
  }
}

function isWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** The last type that was read: the files of a form are mostly of one. */
let lastValue = "";
let lastType: MediaType | undefined;

function readType(value: string): MediaType {
  const type = value === lastValue ? lastType : MediaType.parse(value);
  lastValue = value;
  lastType = type;
  if (type === undefined) throw badLine("a malformed Content-Type");
  // RFC 7578 §4.3 did away with multipart/mixed; a parser inside the parser would have limits of its own.
  if (type.type === "multipart")
    throw badPart("A part of the form is a multipart itself.", "a field or a file", type.essence);
  return type;
}

/** RFC 7578 §4.7: nobody encodes parts. To take encoded content for the content itself would be a wrong value. */
function refuseEncoding(encoding: string | undefined): void {
  if (encoding === undefined || /^(?:7bit|8bit|binary)$/i.test(encoding)) return;
  throw new UnsupportedMediaTypeError("A part of the form is encoded.", {
    code: "LMP_FORMS_ENCODING_UNSUPPORTED",
    expected: "no Content-Transfer-Encoding, or 7bit, 8bit or binary",
    found: encoding.slice(0, 40),
    fix: "Send the bytes as they are.",
  });
}

function badLine(found: string): Error {
  return badPart("The header lines of a part are malformed.", "name: value, CRLF behind each line", found);
}
