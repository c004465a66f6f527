/** Files over HTTP: ranges, validators, compression, containment. */
export { type Files, files } from "./files.ts";
export type { FilesOptions } from "./files-options.ts";
export { fileLoaded, fileRefused, type RefusalReason } from "./moments.ts";
