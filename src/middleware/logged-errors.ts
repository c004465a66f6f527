/** Which errors have been logged with their stack, so that one error gets one line. */

const logged = new WeakSet<object>();

/** Remembers that an error has been logged, or will be once it is a response. */
export function markLogged(error: unknown): void {
  if (typeof error === "object" && error !== null) logged.add(error);
}

/** Whether `logger` takes care of this error. Whoever logs what comes out of a chain asks first. */
export function isLogged(error: unknown): boolean {
  return typeof error === "object" && error !== null && logged.has(error);
}
