/** The system's table of TCP connections: which are open, without touching them. */
import { readFileSync } from "node:fs";

const ESTABLISHED = "01";

/** Every local end (`address:port`) with an open IPv4 connection to this port, and the bytes it has not read. */
export function openConnectionsTo(port: number): Map<string, number> {
  const open = new Map<string, number>();
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  for (const line of readFileSync("/proc/net/tcp", "latin1").split("\n").slice(1)) {
    const [, local = "", remote = "", state, queues = ""] = line.trim().split(/\s+/);
    if (state !== ESTABLISHED || !remote.endsWith(`:${wanted}`)) continue;
    const [address = "", localPort = ""] = local.split(":");
    // The address stands in the order of the processor's bytes.
    const octets = Buffer.from(address, "hex").reverse();
    const unread = Number.parseInt(queues.split(":")[1] ?? "", 16);
    open.set(`${octets.join(".")}:${Number.parseInt(localPort, 16)}`, unread);
  }
  return open;
}
