/** What a pool says when it cannot lend: 503, with when to come back. */
import { ServiceUnavailableError } from "../../../errors/index.ts";
import type { PoolStatus } from "../driver.ts";

/** Nobody gave a connection back in time. */
export function poolTimeout(
  acquireTimeout: number,
  status: PoolStatus,
  cause: unknown,
): ServiceUnavailableError {
  const rest = cause === undefined ? "" : ", and the last attempt to open another failed";
  return new ServiceUnavailableError("No connection to the database became free in time.", {
    code: "LMP_ORM_POOL_TIMEOUT",
    expected: `a free connection within ${acquireTimeout} ms`,
    found: `${status.open - status.idle} of at most ${status.maximum} in use, ${status.waiting} more waiting${rest}`,
    fix: "Hold sessions for a shorter time, look for slow statements, or raise pool.maximum.",
    headers: { "Retry-After": "1" },
    cause,
  });
}

/** The pool is closed, or closing. */
export function poolClosed(): ServiceUnavailableError {
  return new ServiceUnavailableError("The database was used after it had been closed.", {
    code: "LMP_ORM_POOL_CLOSED",
    expected: "a database that is open",
    found: "one that was closed",
    fix: "Close the database when the last request has ended, as the last step of the shutdown.",
    headers: { "Retry-After": "1" },
  });
}
