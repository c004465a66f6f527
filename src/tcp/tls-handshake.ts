/** The TLS half of a server: takes accepted sockets, hands on those whose handshake succeeded. */
import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import {
  createServer,
  type SecureContext,
  type SecureContextOptions,
  type Server,
  type TLSSocket,
} from "node:tls";
import { LimpidError } from "../errors/index.ts";
import { readTlsMaterial } from "./tls-material.ts";
import type { TlsOptions } from "./tls-options.ts";

/** What the handshakes report to. */
export interface HandshakeListener {
  secured(socket: TLSSocket): void;
  /** The socket is being destroyed. */
  failed(error: LimpidError, remoteAddress: string): void;
}

/** An old ticket key decrypts old sessions when it is stolen, so it lives for an hour only. */
const ticketKeyLifetime = 3_600_000;

/** Handshakes for the sockets of one listening server. */
export class TlsHandshake {
  readonly #options: TlsOptions;
  readonly #server: Server;
  readonly #rotation: NodeJS.Timeout;

  /** Throws `LMP_TCP_TLS_…` for a key or certificate that cannot be used. */
  constructor(options: TlsOptions, timeout: number, listener: HandshakeListener) {
    this.#options = options;
    const alpn = options.alpn ?? ["http/1.1"];
    const { sni } = options;
    this.#server = createServer({
      ...readTlsMaterial(options),
      handshakeTimeout: timeout,
      requestCert: options.requestCert ?? false,
      rejectUnauthorized: options.rejectUnauthorized ?? true,
      ...(alpn.length > 0 && { ALPNProtocols: [...alpn] }),
      ...(sni && {
        SNICallback: (servername: string, done: SniDone) => void answerSni(sni, servername, done),
      }),
    });
    this.#server.on("secureConnection", (socket) => listener.secured(socket));
    this.#server.on("tlsClientError", (error, socket) => {
      const remoteAddress = socket.remoteAddress ?? "";
      socket.on("error", () => {});
      socket.destroy();
      listener.failed(handshakeError(error, timeout), remoteAddress);
    });
    this.#rotation = setInterval(
      () => this.#server.setTicketKeys(randomBytes(48)),
      ticketKeyLifetime,
    ).unref();
  }

  /** Begins a handshake on an accepted socket that nobody has read from. */
  begin(socket: Socket): void {
    this.#server.emit("connection", socket);
  }

  /** Reads the files again; handshakes from now on use them. Throws as the constructor does, and then keeps the old. */
  reload(): void {
    const material: SecureContextOptions = readTlsMaterial(this.#options);
    this.#server.setSecureContext(material);
  }

  /** Ends the rotation of ticket keys. */
  close(): void {
    clearInterval(this.#rotation);
  }
}

type SniDone = (error: Error | null, context?: SecureContext) => void;

// Whatever the application's callback does, this never throws or rejects: in node:tls that would be an uncaught
// exception (CVE-2026-21637). DNS names are compared without case (RFC 6066 §3), hence the lower case (CVE-2026-48928).
async function answerSni(
  sni: NonNullable<TlsOptions["sni"]>,
  servername: string,
  done: SniDone,
): Promise<void> {
  let context: SecureContext | undefined;
  try {
    context = await sni(servername.toLowerCase());
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  done(null, context);
}

function handshakeError(cause: Error, timeout: number): LimpidError {
  const found = "code" in cause ? String(cause.code) : cause.message;
  if (found === "ERR_TLS_HANDSHAKE_TIMEOUT") {
    return new LimpidError("LMP_TCP_TLS_HANDSHAKE_TIMEOUT", "The TLS handshake took too long.", {
      expected: `a handshake within ${timeout} ms`,
      found: "none",
      cause,
    });
  }
  return new LimpidError("LMP_TCP_TLS_HANDSHAKE_FAILED", `The TLS handshake failed: ${cause.message}`, {
    found,
    cause,
  });
}
