/** An application with a club in its database: teams, and members with addresses that nobody else has. */
import { App, Response, ValidationError } from "limpid";
import { createLogger } from "limpid/log";
import {
  type AnyModel,
  belongsTo,
  type Database,
  database,
  hasMany,
  integer,
  model,
  sql,
  varchar,
  version,
} from "limpid/orm";
import { z } from "zod";

export const Team = model(
  "teams",
  { id: integer().primaryKey(), name: varchar(40).unique(), motto: varchar(40).nullable() },
  {
    get members() {
      return hasMany(Member, "teamId");
    },
  },
);

export const Member = model(
  { name: "members", indexes: [{ columns: ["teamId", "shirt"], unique: true }] },
  {
    id: integer().primaryKey(),
    email: varchar(80).unique(),
    teamId: integer().references(() => Team.id),
    age: integer().check(sql`age >= 6`),
    shirt: integer().nullable(),
    nick: varchar(20),
    version: version(),
  },
  {
    get team() {
      return belongsTo(Team, "teamId");
    },
  },
);

export const club: readonly AnyModel[] = [Team, Member];

/** A form of a member: everything may come, the database says what is wrong. */
export const MemberForm = z.object({
  email: z.string(),
  teamId: z.coerce.number(),
  age: z.coerce.number(),
  shirt: z.coerce.number().optional(),
  nick: z.string().optional(),
});

/** The lines that an application logged. */
export interface Told {
  readonly lines: string[];
  readonly log: ReturnType<typeof createLogger>;
}

export function told(): Told {
  const lines: string[] = [];
  const destination = { write: (line: string): void => void lines.push(line) };
  return { lines, log: createLogger({ format: "json", destination }) };
}

/** The application; `add` gives it routes of a test's own. */
export function clubApp(db: Database | (() => Database | undefined), { log } = told()): App {
  const app = new App({ log, development: false }).use(database(db));
  const session = { use: [database(db)] } as const;
  app.post("/members", { ...session, form: MemberForm }, async (request) => {
    // The type says that there is a nick, and a form may come without.
    request.db.add(new Member(request.body as typeof request.body & { nick: string }));
    await request.db.commit();
    return Response.redirect("/members", 303);
  });
  app.post("/api/members", { ...session, body: MemberForm }, async (request) => {
    const member = new Member(request.body as typeof request.body & { nick: string });
    request.db.add(member);
    await request.db.commit();
    return Response.json({ id: member.id }, { status: 201 });
  });
  app.get("/members", session, ({ db: own }) => own.query(Member).orderBy(Member.id).all());
  app.delete("/teams/:id", session, async ({ db: own, params }) => {
    await own.delete(Team).filter(Team.id.eq(Number(params.id)));
    await own.commit();
    return new Response(null, { status: 204 });
  });
  return app;
}

/** Shows a form again to people: what was typed, and beside each input what is wrong with it. */
export function showingForms(app: App): App {
  app.onError(ValidationError, (error, request) => {
    if (!(request.headers.get("accept") ?? "").includes("text/html")) return undefined;
    const inputs = Object.entries(error.values ?? {}).map(
      ([name, typed]) => `<input name="${name}" value="${typed}">${error.fields[name]?.join(" ") ?? ""}`,
    );
    return Response.html(inputs.join("\n") || Object.values(error.fields).flat().join(" "), { status: 422 });
  });
  return app;
}
