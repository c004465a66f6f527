/** How a command that serves speaks: in sentences, or in production in log lines. */
import { rootLogger } from "../log/index.ts";
import type { Terminal } from "./command.ts";

/** Says one sentence. */
export type Say = (text: string) => void;

/** In production the lines are log lines, so that whatever reads the log can read them too. */
export function speaker(terminal: Terminal): Say {
  const sentences: Say = (text) => terminal.out(`${text}\n`);
  if (process.env.NODE_ENV !== "production") return sentences;
  const log = rootLogger();
  return !log.isLevelEnabled("info") ? sentences : (text) => log.info({ logger: "limpid.cli" }, text);
}
