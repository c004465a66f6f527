/** What a pattern says of its parameters at compile time, and that it holds when it runs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type PathParams, Router } from "limpid/router";

type Equal<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** Fails to compile unless the two types are the same. */
function same<One, Other>(_proof: Equal<{ [K in keyof One]: One[K] }, Other>): void {}

test("the parameters of a pattern are known", () => {
  same<PathParams<"/users/:id">, { id: string }>(true);
  same<PathParams<"/users/:id(\\d+)/:tab?">, { id: string; tab?: string | undefined }>(true);
  same<PathParams<"/files/*">, { "*": string }>(true);
  same<PathParams<"/a/*one/b/*rest">, { one: string; rest: string }>(true);
  same<PathParams<"/:name.:extension">, { name: string; extension: string }>(true);
  same<PathParams<"/x-:a(\\d+)-:b_2/:c">, { a: string; b_2: string; c: string }>(true);
  same<PathParams<"/items\\:batch/:id">, { id: string }>(true);
  same<PathParams<"/users">, Record<never, never>>(true);
  same<PathParams<string>, { [name: string]: string }>(true);
  const params = new Router<string>().add("/:name.:extension", "x").match("/a.b")?.params;
  assert.deepEqual(Object.keys(params ?? {}), ["name", "extension"]);
});
