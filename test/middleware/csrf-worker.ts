/** A worker of the tests of `csrf`: makes a page with two tokens, and ends. */
import { csrf, Request } from "limpid";
import { compose } from "limpid/middleware";

const secret = process.env.TEST_SECRET;
const run = compose(
  [csrf(secret === undefined ? {} : { secret })],
  ({ csrfToken }) => csrfToken() + csrfToken(),
);
await run(new Request("https://shop.example/"));
process.disconnect?.();
