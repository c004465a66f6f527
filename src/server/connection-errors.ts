/** The errors a connection itself answers with, or aborts a request with. */
import { HttpError } from "../errors/index.ts";

/** The client went away, or ended its side, before it had its answer. */
export function clientGone(): HttpError {
  const code = "LMP_REQUEST_ABORTED";
  return new HttpError(400, "The client went away before it had its answer.", { code });
}

/** The request is for a host this server does not answer for (RFC 9110 §15.5.20). */
export function hostUnknown(): HttpError {
  const code = "LMP_SERVER_HOST_UNKNOWN";
  return new HttpError(421, "This server does not answer for that host.", { code });
}

/** A 101 response answers a request that is not complete or did not ask for another protocol. */
export function upgradeUnasked(): HttpError {
  const code = "LMP_SERVER_UPGRADE_UNASKED";
  return new HttpError(500, "The client did not ask for another protocol.", { code });
}

const lateness = {
  LMP_SERVER_HEADER_TIMEOUT: [408, "The head of the request did not arrive in time."],
  LMP_SERVER_BODY_TIMEOUT: [408, "The content of the request did not arrive in time."],
  LMP_SERVER_HANDLER_TIMEOUT: [503, "The answer took too long."],
} as const;

/** Something took longer than its timeout. */
export function late(code: keyof typeof lateness): HttpError {
  const [status, message] = lateness[code];
  return new HttpError(status, message, { code });
}
