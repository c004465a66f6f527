/** The error of a message that breaks the protocol; a server answers it, closes, and reads nothing more. */
import { type Code, HttpError, type HttpErrorDetails } from "../errors/index.ts";

/**
 * A message that breaks the protocol or a limit. The place where the next message begins is not known after it,
 * so the only right continuation is to answer with `status` and close the connection.
 */
export class ProtocolError extends HttpError {
  /** Clients may read the message also where the status is 501 or 505: it tells about their bytes only. */
  constructor(status: number, code: Code, message: string, details?: Omit<HttpErrorDetails, "code">) {
    super(status, message, { expose: true, ...details, code });
  }
}

/** An octet as an error shows it: `":" (0x3a)`, or the number alone for one that cannot be shown. */
export function describeOctet(octet: number): string {
  const number = `0x${octet.toString(16).padStart(2, "0")}`;
  const known = names.get(octet);
  if (known !== undefined) return `${known} (${number})`;
  return octet > 0x20 && octet < 0x7f ? `${JSON.stringify(String.fromCharCode(octet))} (${number})` : number;
}

const names = new Map([
  [0x00, "NUL"],
  [0x09, "HTAB"],
  [0x0a, "LF"],
  [0x0d, "CR"],
  [0x20, "SP"],
]);
