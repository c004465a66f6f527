/** A request whose log is kept in memory, for tests that look at what was logged. */
import { EventEmitter } from "node:events";
import { createLogger } from "limpid/log";
import { Request, type RequestInit } from "limpid/message";

/** One line of the log. */
export type LogLine = Record<string, unknown>;

/** A request, the lines it has logged so far, and an emitter of `"line"` for each. */
export function requestWithLog(
  path: string,
  init: RequestInit = {},
): { request: Request; lines: () => LogLine[]; logged: EventEmitter } {
  const written: LogLine[] = [];
  const logged = new EventEmitter();
  const write = (text: string): void => {
    written.push(JSON.parse(text));
    logged.emit("line");
  };
  const request = new Request(path, init);
  request.log = createLogger({ level: "trace", format: "json", destination: { write } });
  return { request, lines: () => written, logged };
}
