/** Forms: urlencoded and multipart, streaming and bounded. */
export { decodeText } from "./charset.ts";
export { safeFilename } from "./filename.ts";
export { Form, type FormEntry, FormFiles } from "./form.ts";
export { FormFile, type SaveOptions } from "./form-file.ts";
export { defaultFormLimits, type FormLimits } from "./form-limits.ts";
export { FormPart } from "./form-part.ts";
export {
  type FormEndEvent,
  type MultipartEvent,
  MultipartParser,
  type PartBeginEvent,
  type PartDataEvent,
  type PartEndEvent,
} from "./multipart-parser.ts";
export type { FormOptions, FormSource } from "./multipart-reader.ts";
export type { PartHead } from "./part-head.ts";
export { isForm, readForm } from "./read-form.ts";
export { readParts } from "./read-parts.ts";
export { sweepTemporaryFiles } from "./temporary-files.ts";
