/** The TLS options of a `TcpServer`; `tls-material.ts` reads and checks them. */
import type { SecureContext } from "node:tls";

/** What `sni` may answer; undefined stands for the server's own certificate. */
export type SniAnswer = SecureContext | undefined;

/** Key, certificate and manners of a TLS server. Contents are PEM. */
export interface TlsOptions {
  /** The private key; or `keyFile`. */
  key?: string | Uint8Array | undefined;
  /** The path of the private key. */
  keyFile?: string | undefined;
  /** The certificate, followed by its intermediate certificates; or `certFile`. */
  cert?: string | Uint8Array | undefined;
  /** The path of the certificate. */
  certFile?: string | undefined;
  /** The passphrase of an encrypted key. */
  passphrase?: string | undefined;
  /** The authorities that client certificates are checked against; or `caFile`. Default: those Node knows. */
  ca?: string | Uint8Array | undefined;
  /** The path of the authorities' certificates. */
  caFile?: string | undefined;
  /**
   * The protocols offered by ALPN, the preferred one first; a client that offers only others is refused
   * (RFC 7301 §3.2). Empty: no ALPN. Default: `["http/1.1"]`.
   */
  alpn?: readonly string[] | undefined;
  /**
   * Chooses a certificate by the host name the client asks for, in lower case. A name it throws or rejects for fails
   * the handshake; so does an answer later than the handshake timeout.
   */
  sni?: ((servername: string) => SniAnswer | Promise<SniAnswer>) | undefined;
  /** Asks clients for a certificate, and refuses those without a valid one. Default: false. */
  requestCert?: boolean | undefined;
  /** Refuses clients without a valid certificate where `requestCert` is on. Default: true. */
  rejectUnauthorized?: boolean | undefined;
  /** Default: `"TLSv1.2"`; older versions are not offered (RFC 8996). */
  minVersion?: "TLSv1.2" | "TLSv1.3" | undefined;
}
