/** Which errors have been logged with their stack, so that one error gets one line. */

const logged = new WeakSet<object>();

/** Remembers that an error has been logged. */
export function markLogged(error: unknown): void {
  if (typeof error === "object" && error !== null) logged.add(error);
}

/** Whether `logger` has logged this error with its stack. Whoever logs what comes out of a chain asks first. */
export function isLogged(error: unknown): boolean {
  return typeof error === "object" && error !== null && logged.has(error);
}
