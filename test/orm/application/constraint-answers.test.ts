/** A broken constraint is an answer without any code: a 422 document for programs, a message beside the input for people. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConstraintViolation, database, sql } from "limpid/orm";
import { onDatabases } from "../databases.ts";
import { club, clubApp, Member, showingForms, Team, told } from "./club.ts";
import { serve } from "./serve.ts";

const right = { email: "ada@example.com", teamId: 1, age: 36, shirt: 7, nick: "Ada" };

interface Broken {
  readonly sent: Readonly<Record<string, unknown>>;
  readonly code: string;
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/** What a client sends, and what it hears. A row like `right` is there already. */
const broken: Readonly<Record<string, Broken>> = {
  "a value that another row has": {
    sent: { ...right, shirt: 8 },
    code: "LMP_ORM_UNIQUE_VIOLATION",
    fields: { email: ["This is taken already."] },
  },
  "two values that another row has together": {
    sent: { ...right, email: "ben@example.com" },
    code: "LMP_ORM_UNIQUE_VIOLATION",
    fields: { shirt: ["This is taken already."] },
  },
  "a row that is not there": {
    sent: { ...right, email: "ben@example.com", teamId: 99 },
    code: "LMP_ORM_FOREIGN_KEY_VIOLATION",
    fields: { teamId: ["There is no such entry."] },
  },
  "nothing where a value must be": {
    sent: { email: "ben@example.com", teamId: 1, age: 20 },
    code: "LMP_ORM_NOT_NULL_VIOLATION",
    fields: { nick: ["This is required."] },
  },
  "a value that a check does not permit": {
    sent: { ...right, email: "ben@example.com", shirt: 8, age: 3 },
    code: "LMP_ORM_CHECK_VIOLATION",
    fields: { age: ["This value is not permitted."] },
  },
};

onDatabases(
  club,
  (given) => {
    const filled = async () => {
      const { db } = given();
      await db.insert(Team).values([
        { id: 1, name: "one" },
        { id: 2, name: "two" },
      ]);
      await db.insert(Member).values(right);
      return db;
    };

    for (const [what, { sent, code, fields }] of Object.entries(broken)) {
      test(`${what}: a 422 document with the field`, async (t) => {
        const { lines, log } = told();
        const url = await serve(t, clubApp(await filled(), { lines, log }));
        const answer = await fetch(`${url}/api/members`, {
          method: "POST",
          headers: { "Content-Type": "application/json", Accept: "application/json" },
          body: JSON.stringify(sent),
        });
        assert.equal(answer.status, 422);
        assert.equal(answer.headers.get("content-type"), "application/problem+json");
        const problem = (await answer.json()) as Record<string, unknown>;
        assert.deepEqual(
          { code: problem.code, fields: problem.fields, status: problem.status },
          { code, fields, status: 422 },
        );
        assert.deepEqual(Object.keys(problem).toSorted(), [
          "code",
          "detail",
          "fields",
          "instance",
          "status",
          "title",
        ]);
        // What a client did wrong is no line in the log of errors.
        assert.deepEqual(lines, []);
        assert.equal(await given().db.query(Member).count(), 1);
      });

      test(`${what}: a message beside the input, and what was typed`, async (t) => {
        const url = await serve(t, showingForms(clubApp(await filled())));
        const body = new URLSearchParams(Object.entries(sent).map(([name, value]) => [name, String(value)]));
        const answer = await fetch(`${url}/members`, {
          method: "POST",
          headers: { Accept: "text/html" },
          body,
          redirect: "manual",
        });
        assert.equal(answer.status, 422);
        const page = await answer.text();
        for (const [name, value] of body)
          assert.ok(page.includes(`<input name="${name}" value="${value}">`), page);
        for (const [name, messages] of Object.entries(fields)) {
          if (body.has(name))
            assert.match(page, new RegExp(`name="${name}" value="[^"]*">${messages.join(" ")}`));
        }
      });
    }

    test("a row that others refer to stays, and no input is to blame", async (t) => {
      const url = await serve(t, clubApp(await filled()));
      const kept = await fetch(`${url}/teams/1`, { method: "DELETE" });
      assert.equal(kept.status, 422);
      const { code, fields } = (await kept.json()) as Record<string, unknown>;
      assert.deepEqual(
        { code, fields },
        { code: "LMP_ORM_FOREIGN_KEY_VIOLATION", fields: { "": ["Something still refers to this."] } },
      );
      assert.equal((await fetch(`${url}/teams/2`, { method: "DELETE" })).status, 204);
    });

    test("a handler that wants to know sees the table, the columns and what to say", async (t) => {
      const db = await filled();
      const app = clubApp(db);
      const seen: ConstraintViolation[] = [];
      app.onError(ConstraintViolation, (error) => {
        seen.push(error);
        return undefined;
      });
      const url = await serve(t, app);
      const body = JSON.stringify({ ...right, email: "ben@example.com" });
      const headers = { "Content-Type": "application/json" };
      assert.equal((await fetch(`${url}/api/members`, { method: "POST", headers, body })).status, 422);
      const [error] = seen;
      assert.deepEqual([error?.table, error?.columns], ["members", ["teamId", "shirt"]]);
    });

    test("an edit that somebody else was faster with is 409, and can be told from others", async (t) => {
      const db = await filled();
      const app = clubApp(db);
      app.post("/members/:id/nick", { use: [database(db)] }, async ({ db: own, params }) => {
        const member = await own
          .query(Member)
          .filter(Member.id.eq(Number(params.id)))
          .one();
        await db.update(Member).set({ nick: "meanwhile" }).filter(Member.id.eq(member.id));
        member.nick = "mine";
        await own.commit();
        return "saved";
      });
      const url = await serve(t, app);
      const headers = { Accept: "application/json" };
      const { id } = await db.query(Member).one();
      const answer = await fetch(`${url}/members/${id}/nick`, { method: "POST", headers });
      assert.equal(answer.status, 409);
      assert.equal(((await answer.json()) as { code: string }).code, "LMP_ORM_STALE");
      assert.equal((await db.query(Member).one()).nick, "meanwhile");
      assert.equal((await fetch(`${url}/members/4711/nick`, { method: "POST", headers })).status, 404);
    });

    test("class: secrets in errors: an answer says nothing of SQL, tables or constraints", async (t) => {
      const { lines, log } = told();
      const db = await filled();
      const app = clubApp(db, { lines, log });
      const use = { use: [database(db)] } as const;
      app.get("/missing", use, ({ db: own }) => own.rows(sql`select secret from vault_of_secrets`));
      app.get("/wrong", use, ({ db: own }) =>
        own
          .query(Member)
          .filter(Member.age.eq("hunter2" as never))
          .all(),
      );
      app.get("/forged", use, ({ db: own, query }) =>
        own
          .query(Member)
          .orderBy(query.get("sort") as never)
          .all(),
      );
      app.get("/cast", use, ({ db: own }) =>
        own.rows(
          sql`select cast(${"hunter2"} as date) + cast(${"hunter2"} as integer), age / 0 from members`,
        ),
      );
      const url = await serve(t, app);
      for (const accept of ["application/json", "text/html"])
        for (const path of ["/missing", "/wrong", "/forged?sort=password", "/cast"]) {
          const answer = await fetch(url + path, { headers: { Accept: accept } });
          const text = await answer.text();
          if (answer.status !== 200) assert.equal(answer.status, 500, path);
          assert.doesNotMatch(text, /select|vault|members|LMP_ORM|hunter2|password|sql|node_modules/i);
        }
      const logged = lines.join("\n");
      assert.match(logged, /LMP_ORM_QUERY_FAILED/);
      assert.doesNotMatch(logged, /hunter2/);
    });
  },
  { only: ["sqlite file", "postgresql", "mariadb"] },
);
