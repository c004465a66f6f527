/** Serves an application on a socket for as long as a test runs. */
import type { TestContext } from "node:test";
import type { App } from "limpid";

/** Gives the URL. The application closes at the end of the test, whatever still runs. */
export async function serve(t: TestContext, app: App): Promise<string> {
  const server = await app.listen({ host: "127.0.0.1", port: 0 });
  t.after(() => app.close({ grace: 0 }));
  return server.url.replace(/\/$/, "");
}

/** Waits for what happens by itself. */
export async function until(holds: () => boolean, within = 3_000): Promise<void> {
  for (const end = performance.now() + within; !holds(); ) {
    if (performance.now() > end) throw new Error(`It did not happen within ${within} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
