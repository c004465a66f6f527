/** Run by Bun and by Deno: serves the contract's application through `app.fetch` and prints the port. */
import { contractApplication } from "./contract-application.ts";

type Fetch = ReturnType<typeof contractApplication>["fetch"];

interface Foreign {
  Bun?: { serve(options: { port: number; hostname: string; fetch: Fetch }): { port: number } };
  Deno?: {
    serve(
      options: { port: number; hostname: string; onListen(address: { port: number }): void },
      fetch: Fetch,
    ): void;
  };
}

const { Bun, Deno } = globalThis as Foreign;
const app = contractApplication();
const where = { port: 0, hostname: "127.0.0.1" };
if (Bun !== undefined) console.log(`port ${Bun.serve({ ...where, fetch: app.fetch }).port}`);
else Deno?.serve({ ...where, onListen: ({ port }) => console.log(`port ${port}`) }, app.fetch);
