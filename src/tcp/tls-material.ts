/** Reads and checks key and certificate before a server listens, so that a bad one is one clear sentence. */
import { constants, createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import { type Code, LimpidError } from "../errors/index.ts";
import type { TlsOptions } from "./tls-options.ts";

/** The options as `node:tls` takes them, files read. Throws `LMP_TCP_TLS_…`. */
export function readTlsMaterial(options: TlsOptions): SecureContextOptions {
  const key = pem(options.key, options.keyFile, "LMP_TCP_TLS_KEY_UNREADABLE", "TLS key");
  const cert = pem(options.cert, options.certFile, "LMP_TCP_TLS_CERT_UNREADABLE", "TLS certificate");
  const ca = pem(options.ca, options.caFile, "LMP_TCP_TLS_CA_UNREADABLE", "certificate of the TLS authority");
  if (key === undefined) throw missing("key");
  if (cert === undefined) throw missing("cert");
  checkPair(cert, readKey(key, options.passphrase));
  if (ca !== undefined) readCertificate(ca, "ca");
  const material: SecureContextOptions = {
    key,
    cert,
    minVersion: options.minVersion ?? "TLSv1.2",
    // Otherwise a client could make the server repeat the expensive half of the handshake (CVE-2011-1473).
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  };
  if (ca !== undefined) material.ca = ca;
  if (options.passphrase !== undefined) material.passphrase = options.passphrase;
  try {
    createSecureContext(material);
  } catch (cause) {
    throw invalid("a key and a certificate that OpenSSL takes", cause, "Make a new key and certificate.");
  }
  return material;
}

/** Content as given, or read from the file. */
function pem(
  content: string | Uint8Array | undefined,
  file: string | undefined,
  code: Code,
  noun: string,
): Buffer | undefined {
  if (content !== undefined) return Buffer.from(content);
  if (file === undefined) return undefined;
  try {
    return readFileSync(file);
  } catch (cause) {
    const found = systemCode(cause);
    throw new LimpidError(code, `The ${noun} cannot be read: ${file}`, {
      expected: "a PEM file that this user may read",
      found,
      fix: readingFix(found, file),
      cause,
    });
  }
}

function readingFix(found: string, file: string): string {
  if (found === "ENOENT") return "Check the path; a relative one starts at the working directory.";
  if (found === "EACCES" || found === "EPERM") return `Let this user read it: "ls -l ${file}" shows who may.`;
  return "Give the path of a regular file in PEM format.";
}

function readKey(key: Buffer, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey(passphrase === undefined ? { key } : { key, passphrase });
  } catch (cause) {
    if (passphrase === undefined && key.includes("ENCRYPTED")) {
      throw invalid("a passphrase, because the key is encrypted", cause, "Set tls.passphrase.");
    }
    if (systemCode(cause).includes("DECRYPT")) {
      throw invalid("the passphrase of the key", cause, "Correct tls.passphrase.");
    }
    throw invalid("a private key in PEM format", cause, "Check tls.key or tls.keyFile.");
  }
}

function readCertificate(content: Buffer, option: "cert" | "ca"): X509Certificate {
  try {
    return new X509Certificate(content);
  } catch (cause) {
    throw invalid("a certificate in PEM format", cause, `Check tls.${option} or tls.${option}File.`);
  }
}

function checkPair(cert: Buffer, key: KeyObject): void {
  if (readCertificate(cert, "cert").checkPrivateKey(key)) return;
  throw new LimpidError("LMP_TCP_TLS_INVALID", "The TLS key does not belong to the certificate.", {
    expected: "the key that the certificate was made for",
    found: "another key",
    fix: "Give both from the same order; the server's own certificate comes first in the file, then the chain.",
  });
}

function missing(option: "key" | "cert"): LimpidError {
  const noun = option === "key" ? "key" : "certificate";
  return new LimpidError("LMP_TCP_TLS_INVALID", `TLS needs a ${noun}.`, {
    expected: `tls.${option} or tls.${option}File`,
    found: "neither",
    fix: `Set tls.${option}File to the path of a PEM file.`,
  });
}

function invalid(expected: string, cause: unknown, fix: string): LimpidError {
  const found = cause instanceof Error ? cause.message : String(cause);
  return new LimpidError("LMP_TCP_TLS_INVALID", "The TLS key and certificate cannot be used.", {
    expected,
    found,
    fix,
    cause,
  });
}

function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
