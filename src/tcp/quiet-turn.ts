/** The best moment to close a listener: the event loop has accepted what had come and finds nothing more to do. */

/** Milliseconds within which a turn of the loop has found nothing. */
const QUIET = 0.05;
/** Milliseconds after which a server that is never quiet stops all the same. */
const LONGEST = 1_000;

/**
 * Resolves behind a turn that found nothing to do. When a listener closes, the system resets the connections that
 * are complete and that nobody has accepted, and the requests which they carry are lost; on a busy machine there
 * are many, behind a quiet turn hardly one.
 */
export async function quietTurn(): Promise<void> {
  const latest = performance.now() + LONGEST;
  // What is left of this turn says nothing: it may have looked for connections long before this was called.
  await nextTurn();
  for (let begun = performance.now(); begun < latest; ) {
    await nextTurn();
    const now = performance.now();
    if (now - begun < QUIET) return;
    begun = now;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
