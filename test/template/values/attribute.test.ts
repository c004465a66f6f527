/** `object.name` and `object[key]`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html } from "limpid/message";
import {
  attribute,
  exposed,
  hasAttribute,
  isMutating,
  method,
} from "../../../src/template/values/attribute.ts";
import { item } from "../../../src/template/values/item.ts";
import { Namespace } from "../../../src/template/values/namespace.ts";

class Person {
  static readonly [exposed]: readonly string[] = ["handle", "greet", "lacking", "constructor"];
  name = "Ada";
  get handle(): string {
    return `@${this.name.toLowerCase()}`;
  }
  greet(whom: string): string {
    return `${this.name} greets ${whom}`;
  }
  erase(): string {
    return "gone";
  }
}

class Author extends Person {
  static override readonly [exposed] = ["books"];
  get books(): number {
    return 2;
  }
}

class Editor extends Author {
  override get handle(): string {
    return "@editor";
  }
}

test("own properties are read, getters and functions included", () => {
  const own = {
    name: "Ada",
    get age() {
      return 36;
    },
    shout: () => "HEY",
  };
  assert.equal(attribute(own, "name"), "Ada");
  assert.equal(attribute(own, "age"), 36);
  assert.equal(attribute(own, "shout"), own.shout);
  assert.equal(attribute(own, "missing"), undefined);
  assert.equal(attribute(Object.assign(Object.create(null), { a: 1 }), "a"), 1);
  assert.equal(attribute(new Person(), "name"), "Ada");
});

test("of a class its exposed getters and methods are read, inherited and overridden ones too", () => {
  const editor = new Editor();
  assert.equal(attribute(editor, "handle"), "@editor");
  assert.equal(attribute(editor, "books"), 2);
  assert.equal((attribute(editor, "greet") as (whom: string) => string)("Bob"), "Ada greets Bob");
  assert.equal(attribute(new Person(), "books"), undefined);
  for (const name of ["erase", "constructor", "lacking", "toString"]) {
    assert.equal(attribute(editor, name), undefined, name);
    assert.equal(hasAttribute(editor, name), false, name);
  }
  assert.ok(hasAttribute(editor, "handle") && hasAttribute(editor, "name"));
});

test("an exposed name that a class lacks is not looked up on Object.prototype", () => {
  Reflect.set(Object.prototype, "lacking", "polluted");
  try {
    assert.equal(attribute(new Editor(), "lacking"), undefined);
  } finally {
    Reflect.deleteProperty(Object.prototype, "lacking");
  }
});

test("of a function only what was put on it is read", () => {
  class Tool {
    static made = 1;
    size = 1;
    static make(): number {
      return 1;
    }
  }
  const helper = Object.assign(() => 1, { title: "helper" });
  assert.equal(attribute(helper, "title"), "helper");
  assert.equal(attribute(Tool, "made"), 1);
  for (const name of ["make", "prototype", "name", "length", "call", "constructor"]) {
    assert.equal(attribute(Tool, name), undefined, name);
  }
});

test("nothing can be read from undefined and null", () => {
  assert.throws(() => attribute(undefined, "a"), { code: "LMP_TEMPLATE_UNDEFINED" });
  assert.throws(() => attribute(null, "a"), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.throws(() => item(undefined, 0), { code: "LMP_TEMPLATE_UNDEFINED" });
  assert.throws(() => item(null, 0), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.equal(hasAttribute(undefined, "a"), false);
});

test("a namespace reads what was set, and none of its own methods", () => {
  const namespace = new Namespace();
  namespace.set("found", true);
  namespace.set("set", undefined);
  assert.equal(attribute(namespace, "found"), true);
  assert.equal(attribute(namespace, "get"), undefined);
  assert.equal(attribute(namespace, "set"), undefined);
  assert.deepEqual([hasAttribute(namespace, "set"), hasAttribute(namespace, "get")], [true, false]);
  assert.throws(() => namespace.set("__proto__", {}), { code: "LMP_TEMPLATE_VALUE_INVALID" });
});

test("items: indexes from both ends, keys of objects and maps, characters", () => {
  assert.equal(item(["a", "b"], 0), "a");
  assert.equal(item(["a", "b"], -1), "b");
  assert.equal(item(["a", "b"], 2), undefined);
  assert.equal(item(["a", "b"], 0.5), undefined);
  assert.equal(item(["a", "b"], true), "b");
  assert.equal(item(["a", "b"], "length"), 2);
  assert.equal(item({ a: 1, 2: "two" }, "a"), 1);
  assert.equal(item({ a: 1, 2: "two" }, 2), "two");
  assert.equal(item({ a: 1 }, new Html("a")), 1);
  const key = {};
  assert.equal(
    item(
      new Map<unknown, unknown>([
        [1, "one"],
        [key, "object"],
      ]),
      1,
    ),
    "one",
  );
  assert.equal(item(new Map([[key, "object"]]), key), "object");
  assert.equal(item("a😀b", 1), "😀");
  assert.equal(item("a😀b", -1), "b");
  assert.equal(item("abc", "length"), 3);
  assert.equal(item([1], undefined), undefined);
  assert.equal(item({}, Symbol.iterator), undefined);
  assert.equal(item(5, 0), undefined);
});

test("a method is meant where an own property of its name cannot be called", () => {
  assert.equal(typeof method({ items: 42 }, "items"), "function");
  assert.equal(attribute({ items: 42 }, "items"), 42);
  assert.equal(method({ other: 42 }, "other"), 42);
  const own = () => 1;
  assert.equal(method({ items: own }, "items"), own);
});

test("methods that change their object are told apart for the sandbox", () => {
  for (const name of ["append", "pop", "push", "extend", "insert", "remove", "clear", "sort"]) {
    assert.ok(isMutating([], name), name);
  }
  for (const name of ["update", "setdefault", "pop", "clear"]) assert.ok(isMutating({}, name), name);
  assert.ok(isMutating(new Map(), "set") && isMutating(new Set(), "add"));
  assert.ok(!isMutating({ update: 1 }, "update") && !isMutating([], "index") && !isMutating("a", "upper"));
});
