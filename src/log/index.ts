/** Structured logs on pino, one child logger a request, redaction. */
export { type ExceptionFields, exceptionFields } from "./exception.ts";
export { createLogger, type Logger, type LogOptions, rootLogger, setRootLogger } from "./logger.ts";
export { isSecret, REDACTED, redact } from "./redact.ts";
