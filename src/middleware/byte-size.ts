/** Sizes as people write them: `"10mb"`. */
import { optionInvalid } from "./option-invalid.ts";

/** Bytes as a number, or with a unit of 1024: `"10kb"`, `"1.5mb"`, `"1gb"`. */
export type ByteSize = number | `${number}${"kb" | "mb" | "gb"}`;

const units: Record<string, number> = { kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** The number of bytes. `option` is named in the error, `LMP_MIDDLEWARE_OPTION_INVALID`. */
export function bytesOf(size: ByteSize, option: string): number {
  const bytes = typeof size === "number" ? size : parse(size);
  if (Number.isSafeInteger(bytes) && bytes >= 0) return bytes;
  const fix = 'Write a number of bytes or a text such as "10mb".';
  throw optionInvalid(option, "whole bytes, at least 0", size, fix);
}

function parse(size: unknown): number {
  const match = typeof size === "string" ? /^(\d{1,12}(?:\.\d{1,3})?)(kb|mb|gb)$/i.exec(size) : null;
  return match === null ? Number.NaN : Math.floor(Number(match[1]) * units[match[2]!.toLowerCase()]!);
}
