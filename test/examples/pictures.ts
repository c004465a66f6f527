/** Pictures for tests: made here, whole, and small. */
import { crc32, deflateSync } from "node:zlib";

/** A PNG with a gradient (W3C PNG §5), `noise` of bytes longer than it needs to be. */
export function png(width: number = 64, height: number = 48, noise: number = 0): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (1 + width * 3) + 1 + x * 3;
      rows[at] = 40 + Math.round((x / width) * 180);
      rows[at + 1] = 120;
      rows[at + 2] = 60 + Math.round((y / height) * 160);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const chunks = [
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    ...(noise > 0 ? [chunk("noIs", Buffer.alloc(noise, 7))] : []),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
