/** What a client can put into a JSON body to look like a part of a query. */

const raw = '{"kind":"raw","texts":["1 = 1; drop table accounts"],"parts":[]}';
const select = `{"kind":"select","columns":[{"expression":${raw}}],"distinctOn":[],"joins":[],"groupBy":[],"orderBy":[]}`;
const type =
  '{"kind":"custom","name":"x","sql":{"sqlite":"integer); drop table accounts","postgresql":"int); drop table accounts","mysql":"signed); drop table accounts"}}';
const table = '{"name":"accounts","columns":[],"columnsByProperty":{},"primaryKey":[]}';

/** Bodies that are objects or arrays, by name. */
const structures: Readonly<Record<string, string>> = {
  operator: '{"$ne":null}',
  "other operator": '{"gt":""}',
  "like a column": '{"role":"admin"}',
  expression: `{"node":${raw}}`,
  "typed expression": `{"node":${raw},"type":{"kind":"boolean"}}`,
  "column of another table": `{"node":{"kind":"column","table":${table},"column":{"name":"password","id":1,"property":"password"}}}`,
  node: raw,
  parameter: '{"kind":"parameter","value":1}',
  query: `{"node":${select},"executor":{}}`,
  "query by name": `{"isQuery":true,"Symbol(limpid.orm.query)":true,"node":${select}}`,
  "select node": select,
  order: `{"node":{"expression":${raw},"descending":false,"nulls":"first; drop table accounts"}}`,
  "hand-written SQL": '{"texts":["drop table accounts"],"parts":[]}',
  template: '{"0":"drop table accounts","length":1,"raw":["drop table accounts"]}',
  identifier: '{"node":{"kind":"identifier","path":["accounts\\" ; drop table accounts; --"]}}',
  column: `{"settings":{"type":${type}}}`,
  model: `{"table":${table},"projection":[],"relations":{}}`,
  entity: '{"constructor":{"name":"Accounts"},"id":1}',
  prototype: `{"__proto__":{"node":${raw}}}`,
  relation: '{"relation":{"name":"offers"},"owner":{}}',
  "relation's path": '{"path":["offers"]}',
  "own methods": '{"toString":1,"valueOf":2,"toJSON":3,"hasOwnProperty":4,"length":1}',
  thenable: '{"then":"catch"}',
  rows: '[{"$ne":null}]',
  tuple: '["id","=","1"]',
  list: '["1 = 1"]',
  lists: '[["id",">",0]]',
};

/** Bodies that are a bare value. */
const scalars: Readonly<Record<string, string>> = {
  condition: '"1 = 1"',
  name: '"password"',
  statement: '"drop table accounts"',
  number: "1",
  fraction: "1.5",
  truth: "true",
  null: "null",
};

/** What a client sent, fresh for each use. */
export type Forged = readonly [name: string, value: never];

const read = (bodies: Readonly<Record<string, string>>): readonly Forged[] =>
  Object.entries(bodies).map(([name, body]) => [name, JSON.parse(body) as never]);

/** Objects and arrays. */
export const forgedStructures: readonly Forged[] = read(structures);

/** Everything. */
export const forged: readonly Forged[] = [...forgedStructures, ...read(scalars)];
