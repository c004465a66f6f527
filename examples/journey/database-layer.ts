/** Users and their posts: on SQLite, and on the PostgreSQL that DATABASE_URL names. */
import {
  belongsTo,
  createTables,
  Database,
  hasMany,
  integer,
  model,
  sql,
  statementEnd,
  UniqueViolation,
  varchar,
} from "limpid/orm";

const User = model(
  "journey_users",
  { id: integer().primaryKey(), username: varchar(50).unique(), email: varchar(100) },
  {
    get posts() {
      return hasMany(Post, "authorId");
    },
  },
  {
    get handle(): string {
      return `@${this.username}`;
    },
  },
);

const author = integer().references(() => User.id, { onDelete: "cascade" });
const Post = model(
  "journey_posts",
  { id: integer().primaryKey(), authorId: author, title: varchar(80) },
  {
    get author() {
      return belongsTo(User, "authorId");
    },
  },
);

let statements: string[] = [];
statementEnd.listen(({ sql }) => statements.push(sql.replaceAll(/\$\d+/g, "?")));

async function writeAndChange(db: Database): Promise<void> {
  await db.session(async (session) => {
    const alice = new User({ username: "alice", email: "alice@example.com" });
    const bob = new User({ username: "bob", email: "bob@example.com" });
    alice.posts.add({ title: "Tides" }, { title: "Moons" });
    bob.posts.add({ title: "Wind" });
    session.add(alice, bob);
    await session.commit();

    const found = await session.query(User).filter(User.username.eq("alice")).one();
    console.log(`${found.handle} is number ${found.id}, and the same object: ${found === alice}`);
    found.email = "alice.new@example.com";
    statements = [];
    await session.commit();
    await session.commit();
    console.log(statements.join("\n"));
  });
}

async function walk(db: Database): Promise<void> {
  statements = [];
  for (const user of await db.query(User).orderBy(User.id).all()) {
    const titles = (await user.posts).map(({ title }) => title);
    console.log(`${user.handle} wrote ${titles.join(" and ")}`);
  }
  console.log(`${statements.length} queries for everybody`);
  const odd = "' or 1 = 1 --";
  console.log(`called ${odd} is ${await db.query(User).filter(User.username.eq(odd)).count()}`);
}

async function failAndDelete(db: Database): Promise<void> {
  const work = db.transaction(async (session) => {
    await session.delete(Post);
    session.add(new User({ username: "alice", email: "second@example.com" }));
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof UniqueViolation)) throw error;
    console.log(`the ${error.columns.join()} is taken`);
  });
  console.log(`${await db.query(Post).count()} posts, as before`);
  await db.session(async (session) => {
    session.delete(await session.query(User).filter(User.username.eq("alice")).one());
    await session.commit();
  });
  console.log(`${await db.query(Post).count()} post without alice`);
}

async function clean(db: Database): Promise<void> {
  await db.execute(sql`drop table if exists journey_posts`);
  await db.execute(sql`drop table if exists journey_users`);
}

const { DATABASE_URL = "" } = process.env;
const addresses = ["sqlite::memory:", ...(DATABASE_URL.startsWith("postgres") ? [DATABASE_URL] : [])];
for (const address of addresses) {
  await using db = await Database.connect(address);
  console.log(`-- ${db.dialect}`);
  await clean(db);
  await createTables(db, User, Post);
  await writeAndChange(db);
  await walk(db);
  await failAndDelete(db);
  await clean(db);
}
