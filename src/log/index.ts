/** Structured logs on pino: one child logger a request, credentials redacted, JSON or readable lines. */
export type { Logger } from "pino";
export { createLogger, type LogOptions } from "./create-logger.ts";
export { type ExceptionFields, exceptionFields } from "./exception-fields.ts";
export type { LogSink } from "./log-destination.ts";
export { type LogFormat, type LogLevel, logFormats, logLevels } from "./log-options.ts";
export { redact } from "./redact.ts";
export { REDACTED, redactText } from "./redact-text.ts";
export { rootLogger, setRootLogger } from "./root-logger.ts";
export { isSecretName } from "./secret-name.ts";
