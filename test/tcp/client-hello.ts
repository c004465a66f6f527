/** A TLS 1.2 ClientHello made by hand (RFC 5246 §7.4.1.2), for server names that no client would send. */

/** The record with a server_name extension (RFC 6066 §3) of exactly these bytes. */
export function clientHello(servername: Uint8Array): Buffer {
  const extensions = Buffer.concat([
    extension(0, sized(2, Buffer.concat([Buffer.of(0), sized(2, servername)]))),
    extension(10, sized(2, Buffer.of(0x00, 0x1d, 0x00, 0x17))), // groups: x25519, secp256r1
    extension(11, sized(1, Buffer.of(0))), // points: uncompressed
    extension(13, sized(2, Buffer.of(0x04, 0x03, 0x08, 0x04))), // signatures: ECDSA, RSA-PSS with SHA-256
  ]);
  const hello = Buffer.concat([
    Buffer.of(0x03, 0x03),
    Buffer.alloc(32, 7), // random
    sized(1, Buffer.alloc(0)), // session id
    sized(2, Buffer.of(0xc0, 0x2b, 0xc0, 0x2f)), // ECDHE with AES-128-GCM
    sized(1, Buffer.of(0)), // compression: none
    sized(2, extensions),
  ]);
  const handshake = Buffer.concat([Buffer.of(1), sized(3, hello)]);
  return Buffer.concat([Buffer.of(0x16, 0x03, 0x01), sized(2, handshake)]);
}

function extension(type: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(0, type), sized(2, content)]);
}

/** The content behind its length, which takes so many bytes. */
function sized(bytes: number, content: Uint8Array): Buffer {
  const length = Buffer.alloc(bytes);
  length.writeUIntBE(content.length, 0, bytes);
  return Buffer.concat([length, content]);
}
