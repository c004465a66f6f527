/** Tests of applications: a client in memory or over a socket, and fixtures on node:test. */
export { after, afterEach, before, beforeEach, describe, mock } from "node:test";
export { CookieJar, type CookieJarOptions, type StoredCookie } from "./cookie-jar.ts";
export {
  Fixture,
  type FixtureOptions,
  type Fixtures,
  type FixtureValues,
  fixture,
  type Use,
} from "./fixture.ts";
export type { TestRequestInit } from "./outgoing-request.ts";
export { type DefineTest, type FixtureTestBody, type Test, type TestBody, test } from "./test.ts";
export { TestClient, type TestClientOptions } from "./test-client.ts";
