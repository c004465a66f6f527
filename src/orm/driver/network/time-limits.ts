/** How long servers may take where nobody says otherwise, in milliseconds. */
export const timeLimits = {
  /** A server that does not even answer the login within this time counts as not there. */
  connect: 3_000,
  statement: 15_000,
  /** And two thirds of the statement's time at most: the error then names the lock. */
  lockWait: 10_000,
  /** A connection that is silent for so long is asked whether there is still somebody. */
  keepAlive: 10_000,
} as const;
