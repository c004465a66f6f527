/** The HTTP scenarios: what is sent, over how many connections, and what has to come back. */
import { greeting, large, piece, pieces, routeAnswer, userAnswer } from "./answers.ts";
import { apiRoutes, type Route } from "./router/api-routes.ts";

/** What a candidate has to answer. */
export interface Answer {
  mediaType: string;
  content: string;
}

/** One kind of traffic. All its requests have one length, and so have all their responses. */
export interface Scenario {
  name: string;
  about: string;
  connections: number;
  /** Requests that are sent at once over a connection, before the responses are awaited. */
  depth: number;
  /** How many different requests take turns. */
  variants: number;
  /** How many of them are compared with their answers before anything is measured. */
  compared: number;
  request(id: number): string;
  answer(id: number): Answer;
}

const text = "text/plain";
const json = "application/json";
/** More than any cache of a server holds, and still in the memory of the processor. */
const many = 8192;
const plainAnswer = (): Answer => ({ mediaType: text, content: greeting });

const minimalFields = "Host: localhost\r\n";

/** What a browser sends with a navigation, some 600 bytes. */
function browserFields(referer = "http://localhost:8000/articles/on-the-nature-of-tides"): string {
  return [
    "Host: localhost:8000",
    "Connection: keep-alive",
    'sec-ch-ua: "Chromium";v="142", "Not_A Brand";v="99"',
    "sec-ch-ua-mobile: ?0",
    'sec-ch-ua-platform: "Linux"',
    "Upgrade-Insecure-Requests: 1",
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Sec-Fetch-Site: same-origin",
    "Sec-Fetch-Mode: navigate",
    `Referer: ${referer}`,
    "Accept-Encoding: gzip, deflate, br",
    "Accept-Language: en-GB,en;q=0.9",
    "",
  ].join("\r\n");
}

function get(target: string, fields = minimalFields): string {
  return `GET ${target} HTTP/1.1\r\n${fields}\r\n`;
}

function post(target: string, content: string, fields = browserFields()): string {
  const own = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(content)}\r\n`;
  return `POST ${target} HTTP/1.1\r\n${fields}${own}\r\n${content}`;
}

/** 147 bytes. */
function note(id: number): string {
  return JSON.stringify({
    id,
    title: "On the nature of tides",
    tags: ["sea", "moon", "salt"],
    draft: false,
    words: 1250,
    author: { name: "Ada Brook", city: "Leeds" },
  });
}

/** 1 KiB. */
function order(id: number): string {
  const items = Array.from({ length: 10 }, (_, index) => ({
    sku: `tea-${index}-sencha`,
    title: "Sencha, a green, from Shizuoka",
    quantity: index + 1,
    price: 12.5,
  }));
  const customer = { name: "Ada Brook", email: "ada.marie.brook@example.com", age: 36 };
  return JSON.stringify({ number: String(id), customer, express: true, items });
}

/** The first of the list; `routes-200` has this many, and asks for those that answer GET. */
export const applicationRoutes: readonly Route[] = apiRoutes.slice(0, 200);
const asked = applicationRoutes.flatMap(({ method, pattern }, number) =>
  method === "GET" ? [{ pattern, number }] : [],
);
const longestTarget = 80;

/** A path of one of the routes; a query makes all targets equally long. */
function routeTarget(id: number): string {
  const path = `/forge${asked[id % asked.length]!.pattern.replaceAll(/:\w+/g, `v${id % 1000}`)}?`;
  return path.padEnd(longestTarget, "p");
}

const single = { connections: 64, depth: 1 };
const pipelined = { connections: 16, depth: 16 };

/** Every scenario of `npm run bench -- http`. */
export const scenarios: readonly Scenario[] = [
  {
    name: "plaintext",
    about: "GET / with nothing but Host",
    ...single,
    variants: 1,
    compared: 1,
    request: () => get("/"),
    answer: plainAnswer,
  },
  {
    name: "browser",
    about: "GET / with the fields of a browser, the same every time",
    ...single,
    variants: 1,
    compared: 1,
    request: () => get("/", browserFields()),
    answer: plainAnswer,
  },
  {
    name: "browser-unique",
    about: "the same with another query and another Referer every time",
    ...single,
    variants: many,
    compared: 3,
    request: (id) => get(`/?visit=${id}`, browserFields(`http://localhost:8000/articles/on-tides-${id}`)),
    answer: plainAnswer,
  },
  {
    name: "json-param",
    about: "GET /api/users/:id, reads a query and a field, sets a field, answers JSON; everything unique",
    ...single,
    variants: many,
    compared: 3,
    request: (id) => get(`/api/users/${id}?verbose=1`, browserFields(`http://localhost:8000/users/of-${id}`)),
    answer: (id) => ({
      mediaType: json,
      content: JSON.stringify(userAnswer(String(id), true, "en-GB,en;q=0.9")),
    }),
  },
  {
    name: "routes-200",
    about: "an application of 200 routes behind five synchronous middleware",
    ...single,
    variants: many,
    compared: asked.length,
    request: (id) => get(routeTarget(id), browserFields()),
    answer: (id) => ({ mediaType: text, content: routeAnswer(asked[id % asked.length]!.number) }),
  },
  {
    name: "middleware-5-sync",
    about: "plaintext behind five synchronous middleware",
    ...single,
    variants: 1,
    compared: 1,
    request: () => get("/sync/greeting"),
    answer: plainAnswer,
  },
  {
    name: "middleware-5",
    about: "plaintext behind five middleware, two of them asynchronous",
    ...single,
    variants: 1,
    compared: 1,
    request: () => get("/mixed/greeting"),
    answer: plainAnswer,
  },
  {
    name: "post-json-147",
    about: "147 bytes of JSON, parsed and sent back",
    ...single,
    variants: many,
    compared: 3,
    request: (id) => post("/echo", note(id)),
    answer: (id) => ({ mediaType: json, content: note(id) }),
  },
  {
    name: "post-json-1k",
    about: "1 KiB of JSON, checked by a schema",
    ...single,
    variants: many,
    compared: 3,
    request: (id) => post("/orders", order(id)),
    answer: (id) => ({
      mediaType: json,
      content: JSON.stringify({ number: String(id), items: 10, customer: "Ada Brook" }),
    }),
  },
  {
    name: "response-64k",
    about: "64 KiB of text",
    ...single,
    variants: 1,
    compared: 1,
    request: () => get("/large"),
    answer: () => ({ mediaType: text, content: large }),
  },
  {
    name: "streamed",
    about: "16 pieces of 1 KiB, streamed",
    ...single,
    variants: 1,
    compared: 1,
    request: () => get("/streamed"),
    answer: () => ({ mediaType: text, content: new TextDecoder().decode(piece).repeat(pieces) }),
  },
  {
    name: "pipelined-16",
    about: "plaintext, 16 requests at once",
    ...pipelined,
    variants: 1,
    compared: 1,
    request: () => get("/"),
    answer: plainAnswer,
  },
  {
    name: "pipelined-16-browser",
    about: "browser, 16 requests at once",
    ...pipelined,
    variants: 1,
    compared: 1,
    request: () => get("/", browserFields()),
    answer: plainAnswer,
  },
];

/** Identifiers have six digits each. */
export const firstId = 100_000;

/** Those with the names given, in the order of the list. */
export function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`There is no scenario ${name}.`);
  return found;
}
