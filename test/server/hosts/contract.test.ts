/** The contract, on every host. */
import { contractOf } from "./contract.ts";
import { hosts } from "./hosts.ts";

for (const kind of hosts) contractOf(kind);
