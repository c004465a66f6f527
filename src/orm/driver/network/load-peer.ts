/** Loads the package that talks to a server: an optional peer, only when it is needed. */
import { LimpidError } from "../../../errors/index.ts";

/** What a peer is called, the first version that serves, and which servers it talks to. */
export interface Peer {
  readonly name: string;
  readonly since: string;
  readonly servers: string;
}

/** Throws `LMP_ORM_DRIVER_MISSING`. */
export function loadPeer({ name, since, servers }: Peer): unknown {
  const { createRequire } = process.getBuiltinModule("node:module");
  try {
    return createRequire(import.meta.url)(name);
  } catch (cause) {
    throw new LimpidError(
      "LMP_ORM_DRIVER_MISSING",
      `The package ${name}, which talks to ${servers}, is not installed.`,
      {
        expected: `the package ${name}, ${since} or later`,
        found: cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause),
        fix: `Run npm install ${name}.`,
        cause,
      },
    );
  }
}
