/** Whether a connection to a database speaks TLS and what it verifies: on and everything, unless the host is local. */
import { LimpidError } from "../../../errors/index.ts";
import type { ConnectOptions } from "../driver.ts";
import type { ServerAddress } from "./server-address.ts";

/** `undefined`: no TLS. */
export interface TlsPolicy {
  readonly rejectUnauthorized: boolean;
  /** Whether the certificate must be for this very host. */
  readonly verifyHost: boolean;
  readonly ca: string | undefined;
}

const full = { rejectUnauthorized: true, verifyHost: true };
const none = { rejectUnauthorized: false, verifyHost: false };

/**
 * The option `tls` decides; then `sslmode` (`ssl-mode`) of the address; then where the host is. `require` verifies too:
 * TLS without verification protects from nobody who can reach the wire, and is there under its name, `no-verify`.
 */
export function tlsPolicy(address: ServerAddress, tls: ConnectOptions["tls"]): TlsPolicy | undefined {
  const ca = authority(address);
  if (tls === false) return undefined;
  if (tls === true) return { ...full, ca };
  if (tls !== undefined) return { ...(tls.rejectUnauthorized === false ? none : full), ca: tls.ca ?? ca };
  const mode = (address.options.get("sslmode") ?? address.options.get("ssl-mode"))
    ?.toLowerCase()
    .replaceAll("_", "-");
  switch (mode) {
    case undefined:
    case "allow":
    case "prefer":
    case "preferred":
      return isLocal(address) ? undefined : { ...full, ca };
    case "disable":
    case "disabled":
      return undefined;
    case "require":
    case "required":
    case "verify-full":
    case "verify-identity":
      return { ...full, ca };
    case "verify-ca":
      return { rejectUnauthorized: true, verifyHost: false, ca };
    case "no-verify":
      return { ...none, ca };
    default:
      throw new LimpidError("LMP_ORM_URL_INVALID", "The address of the database has an unknown sslmode.", {
        expected: "disable, prefer, require, verify-ca, verify-full or no-verify",
        found: mode,
        fix: "Correct sslmode, or leave it out: TLS is on and verified for every host that is not local.",
      });
  }
}

function isLocal(address: ServerAddress): boolean {
  if (address.socketPath !== undefined) return true;
  return /^(localhost|.*\.localhost|127(\.\d+){3}|::1)$/i.test(address.host);
}

function authority(address: ServerAddress): string | undefined {
  const file = address.options.get("sslrootcert") ?? address.options.get("ssl-ca");
  if (file === undefined || file === "system") return undefined;
  try {
    return process.getBuiltinModule("node:fs").readFileSync(file, "utf8");
  } catch (cause) {
    throw new LimpidError(
      "LMP_ORM_URL_INVALID",
      "The file with the authority's certificate cannot be read.",
      {
        expected: "a readable file in PEM format",
        found: file,
        fix: "Correct sslrootcert in the address of the database.",
        cause,
      },
    );
  }
}
