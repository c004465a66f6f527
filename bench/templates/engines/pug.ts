/** Pug, which writes no line breaks by itself; its page and its large template would be others, and are left out. */
import pug from "pug";
import type { Engine } from "../engine.ts";

const sources = {
  table: `!= "<table>\\n"
thead: tr
  th Id
  th Name
  th Address
  th Tag
  th City
  th Score
!= "\\n<tbody>\\n"
each row in rows
  tr
    td= row.id
    td= row.name
    td= row.email
    td= row.tag
    td= row.city
    td= row.score
  != "\\n"
!= "</tbody>\\n</table>\\n"
`,
  attributes: `!= "<div>\\n"
each item in items
  a(class=item.kind id="item-" + item.id href="/items/" + item.slug title=item.title data-price=item.price data-stock=item.stock)
    input(name=item.field value=item.value placeholder=item.hint)
  != "\\n"
!= "</div>\\n"
`,
};

/** Pug, with its templates compiled. */
export function createEngine(): Engine {
  const compile = (source: string) => pug.compile(source, { doctype: "html", compileDebug: false });
  return { table: compile(sources.table), attributes: compile(sources.attributes) };
}
