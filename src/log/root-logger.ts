/** The logger of whatever was not given one. */
import type { Logger } from "pino";
import { createLogger } from "./create-logger.ts";

let root: Logger | undefined;

/**
 * The logger that applications, servers and requests use unless they are given another. It is made when first asked
 * for, from `LOG_LEVEL`, `LOG_FORMAT` and `NODE_ENV`; a value among them that does not exist is warned of and left out.
 *
 * @example
 * ```ts
 * import { createLogger, rootLogger, setRootLogger } from "limpid/log";
 *
 * setRootLogger(createLogger({ format: "pretty", destination: { write: (line) => console.log(line.slice(13, -1)) } }));
 * rootLogger().info({ port: 8000 }, "listening"); // INFO  listening port=8000
 * ```
 */
export function rootLogger(): Logger {
  return (root ??= createLogger());
}

/** Puts another logger in the place of the root logger; `undefined` has it made anew from the environment. */
export function setRootLogger(logger: Logger | undefined): void {
  root = logger;
}
