/** The smallest application of Bun. */
import { ready } from "../candidates/ready.ts";

/** As much of Bun's interface as is used here. */
declare const Bun: {
  serve(options: { port: number; hostname: string; fetch: () => Response }): { port: number };
};

ready(Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("Hello, World!") }).port);
