/** Counts what a multipart form has had so far, and refuses what is beyond a limit. */
import { beyond } from "./form-error.ts";
import type { FormLimits } from "./form-limits.ts";
import type { PartHead } from "./part-head.ts";

/** The counts of one form. Every method throws 413 with the code of the limit. */
export class FormTally {
  readonly #limits: FormLimits;
  #isFile = false;
  #parts = 0;
  #files = 0;
  /** Octets of the part, and of all fields. */
  #partBytes = 0;
  #fieldsBytes = 0;

  constructor(limits: FormLimits) {
    this.#limits = limits;
  }

  /** A boundary has announced another part. */
  addPart(): void {
    const { parts } = this.#limits;
    if (++this.#parts > parts) {
      throw beyond("LMP_FORMS_PARTS_TOO_MANY", "The form has too many parts.", parts, "parts");
    }
  }

  /** The head of the part says whether it is a field or a file. */
  addHead({ name, filename }: PartHead): void {
    const { files, fields, nameBytes } = this.#limits;
    // A character has three bytes at most, which spares most names the counting.
    if (name.length * 3 > nameBytes && Buffer.byteLength(name) > nameBytes) {
      throw beyond("LMP_FORMS_NAME_TOO_LONG", "The name of a field is too long.", nameBytes, "bytes");
    }
    this.#partBytes = 0;
    this.#isFile = filename !== undefined;
    if (this.#isFile) this.#files++;
    if (this.#files > files) {
      throw beyond("LMP_FORMS_FILES_TOO_MANY", "The form has too many files.", files, "files");
    }
    if (this.#parts - this.#files > fields) {
      throw beyond("LMP_FORMS_FIELDS_TOO_MANY", "The form has too many fields.", fields, "fields");
    }
  }

  /** Octets of the part have come. */
  addBytes(length: number): void {
    const { fileBytes, fieldBytes, fieldsBytes } = this.#limits;
    this.#partBytes += length;
    if (this.#isFile) {
      if (this.#partBytes > fileBytes) {
        throw beyond("LMP_FORMS_FILE_TOO_LARGE", "A file of the form is too large.", fileBytes, "bytes");
      }
      return;
    }
    this.#fieldsBytes += length;
    if (this.#partBytes > fieldBytes) {
      throw beyond("LMP_FORMS_FIELD_TOO_LARGE", "A field of the form is too large.", fieldBytes, "bytes");
    }
    if (this.#fieldsBytes > fieldsBytes) {
      const sentence = "The fields of the form are too large.";
      throw beyond("LMP_FORMS_FIELDS_TOO_LARGE", sentence, fieldsBytes, "bytes");
    }
  }
}
