/** Runs a suite twice: in memory and over a real socket. */
import { afterEach, describe } from "node:test";
import { TestClient, type TestClientOptions } from "limpid/testing";
import { SampleApplication } from "./sample-application.ts";

/** Makes a client of a fresh application, closed when the test is over. */
export type Connect = (options?: TestClientOptions) => { client: TestClient; application: SampleApplication };

/** Defines the tests of `suite` for both ways. */
export function bothWays(suite: (connect: Connect, socket: boolean) => void): void {
  for (const socket of [false, true]) {
    describe(socket ? "over a socket" : "in memory", () => {
      const clients: TestClient[] = [];
      afterEach(async () => {
        for (const client of clients.splice(0)) await client.close();
      });
      suite((options) => {
        const application = new SampleApplication();
        const client = new TestClient(application, { socket, ...options });
        clients.push(client);
        return { client, application };
      }, socket);
    });
  }
}
