/** Tells of migrations as they run, a line each. */
import type { MigrationEvent } from "../../../orm/index.ts";
import type { Input, Terminal } from "../../command.ts";

/** What hears the events of a run; silent with `--json`. */
export function progress({ flags }: Input, terminal: Terminal): (event: MigrationEvent) => void {
  if (flags.has("json")) return () => {};
  return (event) => {
    if (event.kind === "waiting")
      terminal.out("Another process is migrating this database; waiting for it.\n");
    if (event.kind === "begin" && event.done > 0) {
      terminal.out(
        `${event.name} was interrupted; going on with step ${event.done + 1} of ${event.steps}.\n`,
      );
    }
    if (event.kind === "end") {
      const did = event.direction === "up" ? "applied" : "undone";
      terminal.out(`${did}  ${event.name}  (${event.milliseconds} ms)\n`);
    }
  };
}

/** `1 migration`, `2 migrations`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
