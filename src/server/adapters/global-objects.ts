/** Puts light objects in the place of the platform's `Request` and `Response`, so that both kinds pass for each other. */
import { borrowMembers, inheritFrom, platform } from "./platform.ts";
import { WebHeaders } from "./web-headers.ts";
import { WebRequest } from "./web-request.ts";
import { type WebBody, WebResponse, type WebResponseInit } from "./web-response.ts";

type AnyFunction = (...args: never[]) => unknown;

let replaced = false;

/** Whether the global objects have been replaced. */
export function globalObjectsReplaced(): boolean {
  return replaced;
}

/**
 * Replaces `Request`, `Response` and `fetch` of the global object, once. `instanceof` holds for objects of either
 * kind, subclasses are subclasses of the platform's, and a body that is more than text or bytes makes a real one.
 */
export function replaceGlobalObjects(): void {
  if (replaced) return;
  replaced = true;
  const { Headers, Request, Response } = platform();
  inheritFrom(Headers, WebHeaders);
  inheritFrom(Request, WebRequest);
  inheritFrom(Response, WebResponse);
  borrowMembers(Request, WebRequest, WebRequest.platformOf);
  borrowMembers(Response, WebResponse, WebResponse.platformOf);
  const { fetch } = globalThis;
  const fetchReal = (input: unknown, init: unknown): unknown =>
    Reflect.apply(fetch, undefined, [real(input), init]);
  Object.defineProperty(fetchReal, "name", { value: "fetch" });
  define("Request", requestConstructor(Request));
  define("Response", responseConstructor(Response));
  define("fetch", fetchReal);
}

function define(name: "Request" | "Response" | "fetch", value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
}

/** The platform looks into a request for what only its own have. */
function real(input: unknown): unknown {
  return input instanceof WebRequest ? WebRequest.platformOf(input) : input;
}

function requestConstructor(Platform: typeof globalThis.Request): AnyFunction {
  function Request(...args: unknown[]): object {
    const newTarget = new.target === Request ? Platform : new.target;
    return Reflect.construct(Platform, [real(args[0]), ...args.slice(1)], newTarget) as object;
  }
  return inPlaceOf(Platform, Request);
}

function responseConstructor(Platform: typeof globalThis.Response): AnyFunction {
  function Response(body?: WebBody, init?: WebResponseInit): object {
    if (new.target === Response) return WebResponse.of(body, init) ?? new Platform(body, init);
    return Reflect.construct(Platform, [body, init], new.target) as object;
  }
  const json = (value: unknown, init: WebResponseInit = {}): object => {
    const text = JSON.stringify(value) as string | undefined;
    const light = text === undefined ? undefined : WebResponse.of(text, init, "application/json");
    return light ?? Platform.json(value, init);
  };
  Object.defineProperty(Response, "json", { value: json, configurable: true, writable: true });
  return inPlaceOf(Platform, Response);
}

/** One prototype for both is what makes `instanceof` hold; the other static members are inherited. */
function inPlaceOf(Platform: object, replacement: AnyFunction): AnyFunction {
  Object.setPrototypeOf(replacement, Platform);
  const { value } = Object.getOwnPropertyDescriptor(Platform, "prototype") ?? {};
  Object.defineProperty(replacement, "prototype", { value, writable: false });
  return replacement;
}
