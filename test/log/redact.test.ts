/** Redaction: a hundred shapes in which a credential reaches a log, in both formats. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isSecretName, redact, redactText } from "limpid/log";
import { recorded } from "./lines.ts";

const SECRET = "hunter2-c0ffee";

const secretNames =
  `authorization Authorization AUTHORIZATION proxy-authorization Proxy-Authorization cookie Cookie set-cookie
  Set-Cookie cookies password Password PASSWORD passwd pwd passphrase newPassword password_confirmation DB_PASSWORD
  PGPASSWORD token accessToken access_token refresh-token csrfToken X-CSRF-Token id_token secret client_secret
  clientSecret SECRET_KEY_BASE api_key apiKey apikey x-api-key X-Api-Key private_key privateKey aws_secret_access_key
  signing_key encryptionKey credentials credential sessionId session_id PHPSESSID JSESSIONID sid connect.sid otp jwt
  cvv bearer`.split(/\s+/);

const values: [string, unknown][] = [
  ["two levels of arrays", { rows: [[{ api_key: SECRET }]] }],
  ["a bigint under a secret name", { otp: 20266202n, token: SECRET }],
  ["a symbol under a secret name", { secret: Symbol(SECRET) }],
  ["nested", { a: { b: { c: { password: SECRET } } } }],
  ["in an array", { users: [{ name: "ada", password: SECRET }] }],
  ["an array under a secret name", { tokens: [SECRET, SECRET] }],
  ["an object under a secret name", { credentials: { user: SECRET, pass: SECRET } }],
  ["a number under a secret name", { pin: 1, otp: `${SECRET}1` }],
  ["a Map", { headers: new Map([["cookie", SECRET]]) }],
  ["a Map of Maps", new Map([["outer", new Map([["Authorization", SECRET]])]])],
  ["a Set of objects", { all: new Set([{ token: SECRET }]) }],
  ["Headers", { headers: new Headers({ Authorization: `Bearer ${SECRET}` }) }],
  [
    "Headers with two cookies",
    {
      headers: new Headers([
        ["Set-Cookie", SECRET],
        ["Set-Cookie", SECRET],
      ]),
    },
  ],
  ["URLSearchParams", { query: new URLSearchParams({ page: "1", token: SECRET }) }],
  ["FormData", { form: formWith("password", SECRET) }],
  [
    "pairs",
    {
      headers: [
        ["Accept", "*/*"],
        ["Authorization", SECRET],
      ],
    },
  ],
  ["raw headers", { rawHeaders: ["Host", "shop", "Cookie", SECRET] }],
  ["recorded headers", { headers: [{ name: "Authorization", value: SECRET }] }],
  ["recorded cookies", { cookies: [{ key: "sid", value: SECRET }] }],
  ["a getter", Object.defineProperty({}, "password", { get: () => SECRET, enumerable: true })],
  ["toJSON", { user: { toJSON: () => ({ name: "ada", password: SECRET }) } }],
  [
    "an instance",
    new (class Account {
      readonly name = "ada";
      readonly password = SECRET;
    })(),
  ],
  ["no prototype", Object.assign(Object.create(null), { password: SECRET })],
  ["a URL object", { database: new URL(`postgres://ada:${SECRET}@db/shop`) }],
  ["a URL's user information", { database: `postgres://ada:${SECRET}@db:5432/shop` }],
  ["a user name that is the token", { remote: `https://${SECRET}@example.com/repository.git` }],
  ["user information with @ in it", { url: `redis://:a@b${SECRET}@cache` }],
  ["two URLs in one text", { text: `from ftp://a:${SECRET}@x to sftp://b:${SECRET}@y` }],
  ["a query", { url: `/reset?page=2&token=${SECRET}` }],
  ["a query with brackets", { url: `/login?user[password]=${SECRET}` }],
  ["a query, encoded brackets", { url: `/login?user%5Bpassword%5D=${SECRET}` }],
  ["a URL inside a query", { url: `/go?next=/reset?api_key=${SECRET}` }],
  ["a form's text", { body: `user=ada&password=${SECRET}` }],
  ["a cookie's text", { text: `theme=dark; sid=${SECRET}` }],
  ["a connection string", { text: `Server=db;Password=${SECRET};` }],
  ["an environment file", { text: `PORT=1\nAPI_KEY=${SECRET}\n` }],
  ["a JSON text", { body: `{"user":"ada","password": "${SECRET}"}` }],
  ["a JSON text, name in camel case", { body: `{"accessToken":"a\\"${SECRET}"}` }],
  ["a header line", { text: `GET / HTTP/1.1\r\nAuthorization: Digest ${SECRET}\r\nHost: x` }],
  ["a Cookie line", { text: `Cookie: a=1; b=${SECRET}` }],
  ["a bearer token", { text: `sent Bearer ${SECRET}` }],
  ["basic credentials", { text: "sent basic YWRhOmh1bnRlcjItYzBmZmVl" }],
  [
    "CVE-2026-48615: proxy credentials in an error's message",
    new Error(`CONNECT http://ada:${SECRET}@proxy failed`),
  ],
  ["an error's cause", new Error("outer", { cause: new Error(`token=${SECRET}`) })],
  ["an error's cause that is an object", new Error("outer", { cause: { password: SECRET } })],
  ["an error's code", Object.assign(new Error("x"), { code: `https://a:${SECRET}@b` })],
  ["an error among the fields", { first: new Error(`password=${SECRET}`) }],
  ["an error's fix", Object.assign(new Error("x"), { fix: `use redis://:${SECRET}@cache` })],
  ["errors of an AggregateError", new AggregateError([new Error(`secret=${SECRET}`)], "both")],
];

function formWith(name: string, value: string): FormData {
  const form = new FormData();
  form.append(name, value);
  return form;
}

const shapes: [string, unknown][] = [
  ...secretNames.map((name): [string, unknown] => [name, { harmless: "shown", [name]: SECRET }]),
  ...values,
];

test("Log injection / secrets: no credential of 100 shapes reaches a line, in JSON or readable", () => {
  assert.ok(shapes.length >= 100, String(shapes.length));
  for (const format of ["json", "pretty"] as const) {
    for (const [name, value] of shapes) {
      const { log, written } = recorded({ format });
      log.info(value as object, "told");
      log.child({ bound: value }).info("told");
      log.info("told %j %o", value as object, value as object);
      const text = written.join("");
      assert.equal(written.length, 3, name);
      assert.ok(
        !text.includes(SECRET) && !text.includes("YWRhOmh1bnRlcjItYzBmZmVl"),
        `${format}, ${name}: ${text}`,
      );
      assert.match(text, /\[redacted\]/, `${format}, ${name}`);
    }
  }
});

test("credentials in the message itself are taken out", () => {
  const { log, lines } = recorded();
  log.info(`connecting to amqp://ada:${SECRET}@mq`);
  log.info("connecting to %s", `amqp://ada:${SECRET}@mq`);
  log.error(new Error(`amqp://ada:${SECRET}@mq is gone`));
  for (const line of lines()) assert.match(String(line.message), /amqp:\/\/\[redacted\]@mq/);
});

test("what is no credential stays", () => {
  const harmless = {
    monkey: "shown",
    key: "k",
    keyboard: "de",
    tokenizer: "wordpiece",
    secretary: "Ada",
    author: "Ada",
    basic: "Basic plan",
    url: "https://example.com/a@b?page=2#c",
    email: "ada@example.com",
    time: "12:30",
    assignment: "a=b",
    text: 'said "name":"ada"',
    hasPassword: true,
    password: null,
    authorization: false,
  };
  assert.equal(JSON.stringify(redact(harmless)), JSON.stringify(harmless));
  assert.equal(
    redactText("the basic understanding of a bearer certificate"),
    "the basic understanding of a bearer certificate",
  );
});

test("the value given is not changed", () => {
  const given = { password: SECRET, list: [{ token: SECRET }] };
  redact(given);
  assert.deepEqual(given, { password: SECRET, list: [{ token: SECRET }] });
});

test("a name is secret however it is written", () => {
  for (const name of secretNames) assert.equal(isSecretName(name), true, name);
  for (const name of ["key", "monkey", "status", "user", "", "tokenizer", "__proto__", "constructor"]) {
    assert.equal(isSecretName(name), false, name);
  }
});
