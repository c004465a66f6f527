/** What breaks a connection, as coded errors: the system's and OpenSSL's words stay in `cause`. */
import { LimpidError } from "../errors/index.ts";

/**
 * How a connection came to its end: all was said (`end`), or it was destroyed by the application without an error
 * (`destroyed`) or with one (`error`), reset by the peer, broken by the network or TLS (`failed`), idle, or cut when
 * the server closed (`stopped`).
 */
export type CloseReason = "end" | "destroyed" | "error" | "reset" | "failed" | "idle" | "stopped";

const resetCodes = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED", "ERR_STREAM_PREMATURE_CLOSE"]);

/** The error of a socket as a coded one. */
export function connectionError(cause: Error): LimpidError {
  const code = "code" in cause ? String(cause.code) : "";
  if (resetCodes.has(code)) {
    return new LimpidError("LMP_TCP_CONNECTION_RESET", "The peer went away without ending the connection.", {
      found: code,
      cause,
    });
  }
  return new LimpidError("LMP_TCP_CONNECTION_FAILED", `The connection broke: ${cause.message}`, {
    found: code || cause.name,
    cause,
  });
}

/** No byte moved for `milliseconds`. */
export function idleError(milliseconds: number): LimpidError {
  return new LimpidError("LMP_TCP_IDLE_TIMEOUT", "The connection was idle for too long.", {
    expected: `a byte read or written within ${milliseconds} ms`,
    found: "none",
    fix: 'Raise idleTimeout, or listen to "timeout" and decide yourself.',
  });
}

/** The reason of a close, read from the error that came with it. */
export function closeReason(error: Error | undefined, flushed: boolean): CloseReason {
  if (error === undefined) return flushed ? "end" : "destroyed";
  switch (error instanceof LimpidError ? error.code : undefined) {
    case "LMP_TCP_CONNECTION_RESET":
      return "reset";
    case "LMP_TCP_CONNECTION_FAILED":
      return "failed";
    case "LMP_TCP_IDLE_TIMEOUT":
      return "idle";
    case "LMP_TCP_SERVER_CLOSED":
      return "stopped";
    default:
      return "error";
  }
}
