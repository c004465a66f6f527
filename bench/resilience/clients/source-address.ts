/** Loopback has 16 million addresses: clients come from many, as they do elsewhere, and stay below the cap of each. */

/** Fewer than `maxConnectionsPerAddress` of a server with defaults. */
const PER_ADDRESS = 200;

/** The address that the client with this number dials from. Programs that run together take different nets. */
export function sourceAddress(net: number, client: number): string {
  return `127.0.${net}.${1 + (Math.floor(client / PER_ADDRESS) % 250)}`;
}
