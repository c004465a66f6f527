/** Serves what a module exported, in this process. */
import { Server, type ServerOptions } from "../server/index.ts";
import { type Exported, isApp } from "./load-app.ts";

/** How to end. Times in milliseconds. */
export interface Ending {
  /** How long what has begun may take. */
  readonly grace: number;
  /** How long requests on their way are waited for before connections hear of the end. */
  readonly settle?: number;
}

/** An application that is being served. */
export interface Serving {
  readonly url: string;
  /** How many connections are open. */
  connections(): number;
  /** How many requests were handed to the application. */
  requests(): number;
  /** Resolves when the last connection has ended and the close hooks have run. */
  close(how: Ending): Promise<void>;
}

/** Listens and serves. Rejects with what a start hook threw, or with `LMP_TCP_…`. */
export async function serve(application: Exported, options: ServerOptions): Promise<Serving> {
  const server = isApp(application)
    ? await application.listen(options)
    : await new Server(application, options).listen();
  return {
    url: server.url,
    connections: () => server.connections,
    requests: () => server.requests,
    async close(how) {
      await server.close(how);
      if (isApp(application)) await application.close();
    },
  };
}
