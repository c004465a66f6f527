/** Says once, on the next page, what a form has done: a code in a cookie, whose text only the blog knows. */
import { type Middleware, onResponse, type Response } from "limpid";

/** What a page may say. Whatever else stands in the cookie says nothing. */
const texts = {
  posted: "Your post is published.",
  saved: "Your changes are saved.",
  deleted: "The post is deleted.",
} as const;

/** What a form has done. */
export type NoticeCode = keyof typeof texts;

const textOf: ReadonlyMap<string, string> = new Map(Object.entries(texts));

const cookie = "notice";

export interface NoticeAdded {
  /** What the page has to say, if anything. Who asks has it shown: the browser forgets it. */
  notice: () => string | undefined;
}

/** Adds `request.notice()`. */
export function notices(): Middleware<NoticeAdded> {
  return function notices(request, next) {
    let isShown = false;
    request.notice = () => {
      const code = request.cookies.get(cookie);
      // The answer to HEAD is never seen.
      isShown = code !== undefined && request.method !== "HEAD";
      return textOf.get(code ?? "");
    };
    return onResponse(request, next, (response) => {
      if (isShown) response.cookies.delete(cookie);
    });
  };
}

/** The response, after which the next page says this. A browser that shows no page within a minute forgets it. */
export function noticing(response: Response, code: NoticeCode): Response {
  response.cookies.set(cookie, code, { maxAge: 60 });
  return response;
}
