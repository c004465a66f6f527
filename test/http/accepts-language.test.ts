/** `acceptsLanguage` and `acceptsCharset`: the same mechanism over language tags and charset names. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptsCharset, acceptsLanguage } from "limpid/http";

test("the best language is taken", () => {
  assert.equal(acceptsLanguage("de;q=0.8, fr", ["de", "fr"]), "fr");
  assert.equal(acceptsLanguage(null, ["de", "fr"]), "de");
  assert.equal(acceptsLanguage("it", ["de", "fr"]), undefined);
  assert.equal(acceptsLanguage("it, *;q=0.1", ["de", "fr"]), "de");
});

test("RFC 4647 §3.3.1: a range takes every tag it begins, at a hyphen only", () => {
  assert.equal(acceptsLanguage("en", ["de", "en-GB"]), "en-GB");
  assert.equal(acceptsLanguage("EN-gb", ["en-GB"]), "en-GB");
  assert.equal(acceptsLanguage("e", ["en"]), undefined);
  assert.equal(acceptsLanguage("de-de", ["de-Deva"]), undefined);
});

test("RFC 4647 §3.4: a range is content with a shorter tag where nothing closer is offered", () => {
  assert.equal(acceptsLanguage("de-CH, en;q=0.8", ["en", "de"]), "de");
  assert.equal(acceptsLanguage("zh-Hant-TW", ["en", "zh", "zh-Hant"]), "zh");
  assert.equal(acceptsLanguage("en-US, en;q=0.9, de;q=0.8", ["de", "en"]), "en");
});

test("excluding a variety does not exclude the language", () => {
  assert.equal(acceptsLanguage("en, en-GB;q=0", ["en-GB", "en"]), "en");
  assert.equal(acceptsLanguage("en-GB;q=0, *", ["en"]), "en");
  assert.equal(acceptsLanguage("en;q=0, *", ["en-GB", "fr"]), "fr");
});

test("the best charset is taken", () => {
  assert.equal(acceptsCharset("iso-8859-1;q=0.5, UTF-8", ["iso-8859-1", "utf-8"]), "utf-8");
  assert.equal(acceptsCharset("*;q=0.1", ["utf-8"]), "utf-8");
  assert.equal(acceptsCharset("utf-8;q=0", ["utf-8"]), undefined);
  assert.equal(acceptsCharset(null, ["utf-8"]), "utf-8");
});
