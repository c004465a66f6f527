/** The fields of a submitted form. */
import type { Query } from "../http/index.ts";

/** A file that came with a form. */
export interface FormFile {
  readonly name: string;
  readonly filename: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
}

/** What `request.form()` resolves to: fields by name, each possibly several times, and files. */
export class Form {
  readonly #fields: Query;
  /** Files by field name; empty for a urlencoded form. */
  readonly files: ReadonlyMap<string, FormFile>;

  constructor(fields: Query, files: ReadonlyMap<string, FormFile> = new Map()) {
    this.#fields = fields;
    this.files = files;
  }

  /** The value of a field; undefined where it was not sent, 400 where it was sent more than once. */
  get(name: string): string | undefined {
    return this.#fields.get(name);
  }

  /** Every value of a field, in the order sent. */
  getAll(name: string): string[] {
    return this.#fields.getAll(name);
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** The fields as a record, a repeated one as an array: what a schema validates. */
  toObject(): Record<string, string | string[]> {
    return this.#fields.toObject();
  }

  /** Pairs of name and value, in the order sent. */
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.#fields.entries();
  }
}
