/** Makes texts for the database layer: values of attackers, names, addresses, migrations, put together and changed in a few places. */
import { Random } from "../../test/http/threats/random.ts";
import { mutatedText } from "./mutated-text.ts";

const hash = "0123456789abcdef0123456789abcdef";

const seeds: readonly string[] = [
  "Robert'); drop table canary;--",
  "' or '1'='1",
  '" or ""="',
  "1; delete from canary",
  "\\'; delete from canary; --",
  "a\\",
  "%_\\%[*?]",
  "x' union select * from canary --",
  "$1 ?1 :name @p ?",
  "users",
  'a"b',
  "a`b",
  "select",
  "a.b",
  '{"a":{"b":[1,"x",null,true]}}',
  '{"__proto__":{"polluted":1},"constructor":{"prototype":1},"toString":"x"}',
  '{"id":{"$gt":0},"role":"admin","node":{"kind":"raw","texts":["1; delete from canary"],"parts":[]}}',
  '["a",0,-1,"b","__proto__"]',
  "[1,2,[3],null]",
  '{"kind":"raw","texts":["1=1"],"parts":[],"type":null}',
  "123",
  "1e400",
  "-0",
  '"\\ud800"',
  "null",
  "postgres://user:pa55word@host:5432/shop?sslmode=require&password=pa55word",
  "mysql://user:pa55word@[::1]:3306/shop",
  "sqlite:blog.db",
  "postgres://%2Frun%2Fpostgresql/shop",
  "users:people",
  "posts.title:posts.headline",
  `-- limpid migration\n-- parents: none\n-- touches: table posts\n\n-- up sqlite\ncreate table posts (id integer primary key, title text default ';');\n-- guard: rows\ninsert into posts values (1, 'it''s; -- no');\n\n-- down sqlite\n-- loses: table posts\ndrop table posts;\n`,
  `-- parents: ${hash}, ${hash}\n-- up postgresql\ncreate function f() returns int as $body$ begin; return 1; end; $body$ language plpgsql;\n-- no transaction\ncreate index concurrently i on posts (title);\n-- up mysql\ncreate trigger t before insert on posts for each row begin set new.a = 1; set new.b = 2; end;\n`,
  "-- up sqlite\ncreate trigger t after insert on a begin delete from b; update c set d = case when 1 then 2 end; end;\nselect 1;\n",
  "create view v as select 1; /* ; */ select 'a;b', \"c;d\", [e;f], `g;h`; -- i;j\nselect $$k;l$$",
];

const pieces: readonly string[] = [
  ..."'|\"|`|\\|;|--|/*|*/|#|$$|$a$|(|)|[|]|{|}|,|:|.|=|?|$1|%|_|*|@|//|://|\0|\n|\r\n|\t|\u2028|\ud800|\u{1f600}|é|\uff07|0x27".split(
    "|",
  ),
  ...["''", '""', "``", "null", "true", "1", "-1", "9007199254740993", "1e999", "NaN", "a", " ", "\ufeff"],
  ...[
    "begin",
    "end",
    "case",
    "commit",
    "create trigger",
    "-- up sqlite\n",
    "-- down mysql\n",
    "-- parents: none\n",
  ],
  ...[
    "-- loses: table a\n",
    "-- guard: x\n",
    "-- rebuild a begin\n",
    "-- no transaction\n",
    "e'",
    "x'",
    "N'",
  ],
  ...[
    '"__proto__":',
    '"kind":"raw"',
    '"toString":',
    '"then":',
    '"length":-1',
    "postgres://",
    "pa55word",
    "%00",
    "%",
  ],
];

/** An endless, reproducible row of texts. */
export class SqlInputs {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  next(): Buffer {
    const random = this.#random;
    let text = random.oneIn(12) ? "" : random.pick(seeds);
    if (random.oneIn(8)) text += random.pick(seeds);
    for (let times = random.oneIn(2) ? random.below(7) : random.below(3); times > 0; times--)
      text = mutatedText(text, pieces, random, 700);
    return Buffer.from(text, "utf16le");
  }

  cut(octets: Uint8Array): Uint8Array[] {
    return [octets];
  }
}
