/** File names of clients: whatever is sent, a name that is safe in every folder comes out. */
import assert from "node:assert/strict";
import { posix, win32 } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { safeFilename } from "limpid/forms";

const names: Record<string, string> = {
  "report.pdf": "report.pdf",
  "für €.txt": "für €.txt",
  "a b.tar.gz": "a b.tar.gz",
  "../x": "x",
  "..\\x": "x",
  "/etc/x": "x",
  "C:\\x": "x",
  "C:x": "C_x",
  "a\0.txt": "a.txt",
  ".": "unnamed",
  "..": "unnamed",
  "...": "unnamed",
  "": "unnamed",
  " ": "unnamed",
  "dir/": "unnamed",
  ".htaccess": "htaccess",
  ". .htaccess": "htaccess",
  "name. ": "name",
  CON: "_CON",
  "con.txt": "_con.txt",
  "aux .txt": "_aux .txt",
  COM1: "_COM1",
  "lpt².txt": "_lpt².txt",
  conin$: "_conin$",
  "console.txt": "console.txt",
  "a:b": "a_b",
  "a.php::$DATA": "a.php__$DATA",
  'a"<>|?*b': "a______b",
  "%2e%2e": "%2e%2e",
  "photo\u202egpj.exe": "photogpj.exe",
  "zero\u200bwidth": "zerowidth",
  "line\r\nfeed": "linefeed",
  "\ud800x": "x",
  "u\u0308": "ü",
};

describe("CVE-2026-21440", () => {
  for (const [sent, expected] of Object.entries(names)) {
    test(JSON.stringify(sent), () => assert.equal(safeFilename(sent), expected));
  }

  test("300 bytes become 255, with the extension", () => {
    assert.equal(safeFilename(`${"x".repeat(300)}.jpeg`), `${"x".repeat(250)}.jpeg`);
    assert.equal(safeFilename(`${"ü".repeat(200)}.txt`), `${"ü".repeat(125)}.txt`);
    assert.equal(safeFilename(`a.${"x".repeat(300)}`).length, 255);
    assert.equal(Buffer.byteLength(safeFilename("😀".repeat(100))), 252);
  });

  test("of whatever is sent, one segment that is safe everywhere", () => {
    const piece = fc.constantFrom(
      "..",
      "/",
      "\\",
      ".",
      ":",
      "CON",
      "nul",
      "\0",
      "\r\n",
      "%2e",
      " ",
      "a",
      "\u202e",
      "💥",
      "x".repeat(300),
    );
    const sent = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc.array(piece, { maxLength: 12 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(sent, (name) => {
        const safe = safeFilename(name);
        assert.ok(safe.length > 0 && Buffer.byteLength(safe) <= 255);
        assert.doesNotMatch(safe, /[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u202a-\u202e]/u);
        assert.doesNotMatch(safe, /^[. ]|[. ]$/);
        assert.doesNotMatch(safe, /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
        for (const path of [posix, win32])
          assert.equal(path.dirname(path.resolve("/up", safe)), path.resolve("/up"));
        assert.equal(safeFilename(safe), safe);
        assert.ok(safe.isWellFormed());
      }),
      { numRuns: 3000 },
    );
  });
});
