/** The `limpid` command, for programs. */
export type { Command, Flag, Input, Terminal } from "./command.ts";
export { main } from "./main.ts";
