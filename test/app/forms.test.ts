/** Forms by a schema: valid values for the handler, or messages by field and what was typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, FormFile, Request, ValidationError } from "limpid";
import { z } from "zod";

const Profile = z.object({
  username: z.string().min(3, "At least 3 letters"),
  age: z.coerce.number().int("A whole number"),
  tags: z.union([z.string().transform((tag) => [tag]), z.array(z.string())]).default([]),
  avatar: z.instanceof(FormFile, { error: "Choose a picture" }),
});

function profileForm(entries: Record<string, string | string[] | File>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(entries)) {
    for (const one of Array.isArray(value) ? value : [value]) data.append(name, one);
  }
  return data;
}

const picture = new File(["\x89PNG"], "me.png", { type: "image/png" });
const post = (body: FormData | URLSearchParams): Request => new Request("/profile", { method: "POST", body });

function app(seen: ValidationError[] = []): App {
  const made = new App();
  made.post("/profile", { form: Profile }, async ({ body }) => {
    const { username, age, tags, avatar } = body;
    return { username, next: age + 1, tags, avatar: [avatar.filename, avatar.size, await avatar.text()] };
  });
  made.onError(ValidationError, (error) => {
    seen.push(error);
    return undefined;
  });
  return made;
}

test("the handler gets what the schema makes of fields and files", async () => {
  const body = profileForm({ username: "alice", age: "41", tags: ["a", "b"], avatar: picture });
  const response = await app().handle(post(body));
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    username: "alice",
    next: 42,
    tags: ["a", "b"],
    avatar: ["me.png", 5, "\x89PNG"],
  });
});

test("what is wrong comes back by field, and what was typed is kept, without the files", async () => {
  const seen: ValidationError[] = [];
  const body = profileForm({ username: "al", age: "4.5", tags: ["a", "b"], avatar: picture });
  await app(seen).handle(post(body));
  const [error] = seen;
  assert.deepEqual({ ...error?.fields }, { username: ["At least 3 letters"], age: ["A whole number"] });
  assert.deepEqual({ ...error?.values }, { username: "al", age: "4.5", tags: ["a", "b"] });
});

test("a file that is not there is a message beside its input; the values are not sent by themselves", async () => {
  const made = new App();
  made.post("/profile", { form: Profile }, () => "reached");
  const response = await made.handle(post(new URLSearchParams("username=alice&age=1&password=hunter2")));
  assert.equal(response.status, 422);
  const text = await response.text();
  assert.deepEqual(JSON.parse(text).fields, { avatar: ["Choose a picture"] });
  assert.doesNotMatch(text, /hunter2|alice/);
});

test("a route raises its limits, and other content is 415", async () => {
  const made = new App();
  const form = z.object({ f: z.instanceof(FormFile) });
  made.post("/small", { form, formLimits: { fileBytes: 3 } }, ({ body }) => `${body.f.size}`);
  made.post("/large", { form, formLimits: { fileBytes: 12e6 } }, ({ body }) => `${body.f.size}`);
  const send = async (path: string, size: number): Promise<[number, string]> => {
    const body = profileForm({ f: new File([new Uint8Array(size)], "f") });
    const response = await made.handle(new Request(path, { method: "POST", body }));
    return [
      response.status,
      response.status === 200 ? await response.text() : (await response.json<{ code: string }>()).code,
    ];
  };
  assert.deepEqual(await send("/small", 3), [200, "3"]);
  assert.deepEqual(await send("/small", 4), [413, "LMP_FORMS_FILE_TOO_LARGE"]);
  assert.deepEqual(await send("/large", 12e6), [200, "12000000"]);
  assert.equal((await made.handle(new Request("/small", { method: "POST", body: "{}" }))).status, 415);
});

test("a name from a prototype is refused before the schema sees it", async () => {
  for (const entry of ["x", new File(["x"], "x")]) {
    const response = await app().handle(post(withName("__proto__", entry)));
    assert.equal(response.status, 400);
  }
  assert.equal(Reflect.get({}, "x"), undefined);
});

function withName(name: string, value: string | File): FormData {
  const data = new FormData();
  data.append(name, value as string);
  return data;
}
