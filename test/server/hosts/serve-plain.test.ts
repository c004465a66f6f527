/** The contract for Hono where nothing replaces the global objects: a process of its own, as replacing lasts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { contractOf } from "./contract.ts";
import { honoOnServe } from "./hosts.ts";

const { Request, Response, fetch } = globalThis;

contractOf({ name: "Hono on serve, with the platform's objects", start: () => honoOnServe(false) });

test("the global object is as it was", () => {
  assert.deepEqual([globalThis.Request, globalThis.Response, globalThis.fetch], [Request, Response, fetch]);
});
