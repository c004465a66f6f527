/** What every candidate answers, so that all do the same work: the contents, and the values the scenarios send. */

/** The content of the plain scenarios. */
export const greeting = "Hello, World!";

/** 64 KiB of text. */
export const large = "All work and no play makes a dull server. ".repeat(1561).slice(0, 65_536);

/** One of the pieces of the streamed response, 1 KiB. */
export const piece = new TextEncoder().encode(
  "A stream is a list that takes its time. ".repeat(26).slice(0, 1024),
);

/** How many pieces the streamed response has. */
export const pieces = 16;

/** What `GET /api/users/:id` answers. */
export interface UserAnswer {
  id: string;
  name: string;
  verbose: boolean;
  language: string;
}

/** The user with an identifier, as a database might give it. */
export function userAnswer(id: string, verbose: boolean, language: string): UserAnswer {
  return { id, name: `User ${id}`, verbose, language };
}

/** The answer of the route with a number. */
export function routeAnswer(number: number): string {
  return `route ${String(number).padStart(3, "0")}`;
}

/** What is awaited by asynchronous middleware. */
export const settled = Promise.resolve();

/** What middleware counts. */
export const seen = { requests: 0 };
