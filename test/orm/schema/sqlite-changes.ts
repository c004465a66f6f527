/** The SQL of each change in SQLite; a guard is a query that must give no row. */
export const sqliteChanges: Readonly<Record<string, readonly string[]>> = {
  "create a table": [
    `CREATE TABLE "users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" TEXT NOT NULL DEFAULT 'it''s',
  "active" INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT "users_email_check" CHECK (length("email") <= 50),
  CONSTRAINT "users_active_check" CHECK ("active" IN (0, 1))
) STRICT`,
    `CREATE UNIQUE INDEX "users_email_key" ON "users" ("email")`,
  ],
  "drop a table": [`loses: DROP TABLE "users"`],
  "rename a table": [
    `ALTER TABLE "users" RENAME TO "people"`,
    `CREATE TABLE "limpid_rebuild_people" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "age" INTEGER,
  CONSTRAINT "people_age_check" CHECK ("age" > 0)
) STRICT`,
    `INSERT INTO "limpid_rebuild_people" ("id", "age") SELECT "id", "age" FROM "people"`,
    `DELETE FROM sqlite_sequence WHERE name = 'limpid_rebuild_people'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'limpid_rebuild_people', seq FROM sqlite_sequence WHERE name = 'people'`,
    `DROP TABLE "people"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_people" RENAME TO "people"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
  "add a column": [`ALTER TABLE "users" ADD COLUMN "age" INTEGER`],
  "add a column that must have a value": [
    `guard: SELECT 1 FROM "users" LIMIT 1`,
    `CREATE TABLE "limpid_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "age" INTEGER NOT NULL
) STRICT`,
    `INSERT INTO "limpid_rebuild_users" ("id") SELECT "id" FROM "users"`,
    `DELETE FROM sqlite_sequence WHERE name = 'limpid_rebuild_users'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'limpid_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users'`,
    `DROP TABLE "users"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_users" RENAME TO "users"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
  "drop a column": [`loses: ALTER TABLE "users" DROP COLUMN "age"`],
  "rename a column": [
    `ALTER TABLE "users" RENAME COLUMN "age" TO "years"`,
    `DROP INDEX IF EXISTS "users_age_idx"`,
    `CREATE INDEX "users_years_idx" ON "users" ("years")`,
  ],
  "change a type": [
    `CREATE TABLE "limpid_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "age" TEXT
) STRICT`,
    `INSERT INTO "limpid_rebuild_users" ("id", "age") SELECT "id", "age" FROM "users"`,
    `DELETE FROM sqlite_sequence WHERE name = 'limpid_rebuild_users'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'limpid_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users'`,
    `DROP TABLE "users"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_users" RENAME TO "users"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
  "shorten a text": [
    `CREATE TABLE "limpid_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "email" TEXT NOT NULL,
  CONSTRAINT "users_email_check" CHECK (length("email") <= 20)
) STRICT`,
    `INSERT INTO "limpid_rebuild_users" ("id", "email") SELECT "id", "email" FROM "users"`,
    `DELETE FROM sqlite_sequence WHERE name = 'limpid_rebuild_users'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'limpid_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users'`,
    `DROP TABLE "users"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_users" RENAME TO "users"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
  "forbid nulls": [
    `guard: SELECT 1 FROM "users" WHERE "age" IS NULL LIMIT 1`,
    `CREATE TABLE "limpid_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "age" INTEGER NOT NULL
) STRICT`,
    `INSERT INTO "limpid_rebuild_users" ("id", "age") SELECT "id", "age" FROM "users"`,
    `DELETE FROM sqlite_sequence WHERE name = 'limpid_rebuild_users'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'limpid_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users'`,
    `DROP TABLE "users"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_users" RENAME TO "users"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
  "change a default": [
    `CREATE TABLE "limpid_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "age" INTEGER DEFAULT 18
) STRICT`,
    `INSERT INTO "limpid_rebuild_users" ("id", "age") SELECT "id", "age" FROM "users"`,
    `DELETE FROM sqlite_sequence WHERE name = 'limpid_rebuild_users'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'limpid_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users'`,
    `DROP TABLE "users"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_users" RENAME TO "users"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
  "add an index": [`CREATE INDEX "users_age_idx" ON "users" ("age")`],
  "drop an index": [`DROP INDEX "users_age_idx"`],
  "add a unique constraint": [
    `guard: SELECT 1 FROM "users" WHERE "age" IS NOT NULL GROUP BY "age" HAVING count(*) > 1 LIMIT 1`,
    `CREATE UNIQUE INDEX "users_age_key" ON "users" ("age")`,
  ],
  "drop a unique constraint": [
    `DROP INDEX IF EXISTS "users_age_key"`,
    `CREATE TABLE "limpid_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "age" INTEGER
) STRICT`,
    `INSERT INTO "limpid_rebuild_users" ("id", "age") SELECT "id", "age" FROM "users"`,
    `DELETE FROM sqlite_sequence WHERE name = 'limpid_rebuild_users'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'limpid_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users'`,
    `DROP TABLE "users"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_users" RENAME TO "users"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
  "add a check": [
    `CREATE TABLE "limpid_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "age" INTEGER,
  CONSTRAINT "users_age_check" CHECK ("age" > 0)
) STRICT`,
    `INSERT INTO "limpid_rebuild_users" ("id", "age") SELECT "id", "age" FROM "users"`,
    `DELETE FROM sqlite_sequence WHERE name = 'limpid_rebuild_users'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'limpid_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users'`,
    `DROP TABLE "users"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_users" RENAME TO "users"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
  "drop a check": [
    `CREATE TABLE "limpid_rebuild_users" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "age" INTEGER
) STRICT`,
    `INSERT INTO "limpid_rebuild_users" ("id", "age") SELECT "id", "age" FROM "users"`,
    `DELETE FROM sqlite_sequence WHERE name = 'limpid_rebuild_users'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'limpid_rebuild_users', seq FROM sqlite_sequence WHERE name = 'users'`,
    `DROP TABLE "users"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_users" RENAME TO "users"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
  "add a foreign key": [
    `CREATE TABLE "limpid_rebuild_posts" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "author_id" INTEGER,
  CONSTRAINT "posts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE
) STRICT`,
    `INSERT INTO "limpid_rebuild_posts" ("id", "author_id") SELECT "id", "author_id" FROM "posts"`,
    `DELETE FROM sqlite_sequence WHERE name = 'limpid_rebuild_posts'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'limpid_rebuild_posts', seq FROM sqlite_sequence WHERE name = 'posts'`,
    `DROP TABLE "posts"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_posts" RENAME TO "posts"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
  "drop a foreign key": [
    `CREATE TABLE "limpid_rebuild_posts" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "author_id" INTEGER
) STRICT`,
    `INSERT INTO "limpid_rebuild_posts" ("id", "author_id") SELECT "id", "author_id" FROM "posts"`,
    `DELETE FROM sqlite_sequence WHERE name = 'limpid_rebuild_posts'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'limpid_rebuild_posts', seq FROM sqlite_sequence WHERE name = 'posts'`,
    `DROP TABLE "posts"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_posts" RENAME TO "posts"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
  "change the primary key": [
    `CREATE TABLE "limpid_rebuild_users" (
  "id" INTEGER NOT NULL,
  "age" INTEGER NOT NULL,
  CONSTRAINT "users_pkey" PRIMARY KEY ("id", "age")
) STRICT`,
    `INSERT INTO "limpid_rebuild_users" ("id", "age") SELECT "id", "age" FROM "users"`,
    `DROP TABLE "users"`,
    `PRAGMA legacy_alter_table = ON`,
    `ALTER TABLE "limpid_rebuild_users" RENAME TO "users"`,
    `PRAGMA legacy_alter_table = OFF`,
  ],
};
