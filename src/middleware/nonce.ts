/** Random numbers that are used once, for `Content-Security-Policy`. */
import { cryptography } from "./cryptography.ts";

const size = 16;
/** Filled for 256 nonces at a time: one call of the generator costs more than the rest of the work. */
const pool = Buffer.allocUnsafeSlow(256 * size);
let used = pool.length;

/** 128 random bits in base64url. */
export function randomNonce(): string {
  if (used === pool.length) {
    cryptography().randomFillSync(pool);
    used = 0;
  }
  used += size;
  return pool.toString("base64url", used - size, used);
}
