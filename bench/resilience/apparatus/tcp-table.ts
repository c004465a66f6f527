/** The system's table of TCP connections: which are open, without touching them. */
import { readFileSync } from "node:fs";

const ESTABLISHED = "01";

/** `address:port` of every local end with an open IPv4 connection to this port. */
export function openConnectionsTo(port: number): Set<string> {
  const open = new Set<string>();
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  for (const line of readFileSync("/proc/net/tcp", "latin1").split("\n").slice(1)) {
    const [, local = "", remote = "", state] = line.trim().split(/\s+/);
    if (state !== ESTABLISHED || !remote.endsWith(`:${wanted}`)) continue;
    const [address = "", localPort = ""] = local.split(":");
    // The address stands in the order of the processor's bytes.
    const octets = Buffer.from(address, "hex").reverse();
    open.add(`${octets.join(".")}:${Number.parseInt(localPort, 16)}`);
  }
  return open;
}
