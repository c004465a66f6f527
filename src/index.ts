/** What an ordinary application imports. */
export * from "./app/index.ts";
export * from "./errors/index.ts";
export * from "./http/index.ts";
export * from "./message/index.ts";
export * from "./middleware/index.ts";
export * from "./router/index.ts";
export * from "./server/index.ts";
export * from "./validation/index.ts";
