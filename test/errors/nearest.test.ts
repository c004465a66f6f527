import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest } from "limpid/errors";

const known = ["start", "routes", "status", "check", "upper", "if", "in"];

test("finds the word that was meant", () => {
  const slips = { strat: "start", roues: "routes", chek: "check", uper: "upper", UPPER: "upper", fi: "if" };
  for (const [written, meant] of Object.entries(slips)) assert.equal(nearest(written, known), meant, written);
});

test("the beginning of a longer word is near to it", () => {
  assert.equal(nearest("rout", ["route-me-there", "rot13"]), "route-me-there");
});

test("has nothing to say where nothing is near", () => {
  for (const written of ["", "x", "deploy", "zzzzzzzz"])
    assert.equal(nearest(written, known), undefined, written);
});

test("does not grow with what was written", () => {
  assert.equal(nearest("a".repeat(1_000_000), known), undefined);
});
