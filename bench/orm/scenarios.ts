/** What is measured: each scenario is one operation with arguments that differ at every turn. */
import { entries, entry, userCount } from "./data.ts";
import type { Operations } from "./operations.ts";

/** A thing to measure. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  /** Whether it changes rows, which are put back after it. */
  readonly writes: boolean;
  /** Whether what it gives is compared; what it has changed always is. */
  readonly answers: boolean;
  /** Whether it is also measured with 64 at a time, where the database is elsewhere. */
  readonly many: boolean;
  run(operations: Operations, turn: number): unknown;
}

/** A key that jumps about. */
function keyOf(turn: number): number {
  return 1 + ((turn * 389) % userCount);
}

const reading = { writes: false, answers: true, many: true };
const writing = { writes: true, answers: false, many: false };

/** Every scenario. */
export const scenarios: readonly Scenario[] = [
  {
    ...reading,
    name: "find-by-key",
    about: "one user by key",
    run: (operations, turn) => operations.findByKey(keyOf(turn)),
  },
  {
    ...reading,
    name: "list-100",
    about: "100 users",
    run: (operations, turn) => operations.list((turn * 100) % (userCount - 100)),
  },
  {
    ...reading,
    name: "users-20-posts-200",
    about: "20 users with their 200 posts",
    run: (operations, turn) => operations.listWithPosts((turn * 20) % (userCount - 100)),
  },
  {
    ...reading,
    many: false,
    name: "relations-100",
    about: "100 users with their 1,000 posts and their tags, 300 links to 30",
    run: (operations, turn) => operations.listWithRelations((turn * 100) % (userCount - 100)),
  },
  {
    ...reading,
    name: "page",
    about: "20 of the users that a filter leaves, sorted, from an offset, and how many there are",
    run: (operations, turn) =>
      operations.page({ minimumAge: 20 + (turn % 30), limit: 20, offset: 20 * (turn % 5) }),
  },
  {
    ...writing,
    answers: true,
    many: true,
    name: "insert-one",
    about: "one row, with its key afterwards",
    run: (operations, turn) => operations.insert(entry(turn)),
  },
  {
    ...writing,
    name: "insert-1000",
    about: "1,000 rows at once",
    run: (operations, turn) => operations.insertMany(entries(turn)),
  },
  {
    ...writing,
    name: "update-one",
    about: "a user is loaded, one field changed, and saved",
    run: (operations, turn) => operations.update(keyOf(turn), `Renamed ${turn}`),
  },
  {
    ...writing,
    name: "transaction-5",
    about: "two users loaded, both changed, a row inserted: five statements in a transaction",
    run: (operations, turn) => operations.transfer(keyOf(turn), keyOf(turn + 1), 1 + (turn % 9), entry(turn)),
  },
];
