/** `limpid status`: what runs, and how it is. */
import { LimpidError } from "../../errors/index.ts";
import type { Command } from "../command.ts";
import { type Found, findRunning } from "../status/find-running.ts";
import { statusTable } from "../status/status-table.ts";

export const status: Command = {
  name: "status",
  summary: "Show what `limpid start` runs here, under the same user.",
  flags: [
    {
      name: "pid",
      value: "<number>",
      summary: "only this process, as `limpid start` printed it",
      accepts: { expected: "the number of a process", test: (value) => /^[1-9]\d{0,9}$/.test(value) },
    },
    { name: "json", summary: "print a list as JSON" },
  ],
  examples: ["limpid status", "limpid status --pid 4711 --json"],
  async run({ flags }, terminal) {
    const pid = flags.get("pid");
    const found = await findRunning(pid === undefined ? undefined : Number(pid));
    if (found.running.length === 0) throw nothingRuns(pid, found);
    terminal.out(
      flags.has("json")
        ? `${JSON.stringify(found.running, null, 2)}\n`
        : found.running.map(statusTable).join("\n"),
    );
    return 0;
  },
};

function nothingRuns(pid: string | undefined, { silent }: Found): LimpidError {
  const [first] = silent;
  if (first !== undefined) {
    return new LimpidError("LMP_CLI_NOT_RUNNING", `Process ${silent.join(", ")} does not answer.`, {
      expected: "an answer within 5 s",
      found: "a socket, and nobody who speaks: the process is stopped, or its event loop is blocked",
      fix: `Look at the process: ps -o stat,pcpu,etime,args -p ${first}`,
    });
  }
  const whom = pid === undefined ? "No `limpid start` runs here." : `Process ${pid} is no \`limpid start\`.`;
  return new LimpidError("LMP_CLI_NOT_RUNNING", whom, {
    expected: "a running `limpid start` of this user and in this container",
    found: "none",
    fix:
      pid === undefined
        ? "Start one, or ask as the user who did: sudo -u <user> limpid status"
        : "See all of them: limpid status",
  });
}
