/** What a form came to: its fields and its files by name. */
import { HttpError } from "../errors/index.ts";
import type { FormFile } from "./form-file.ts";
import { removeTemporaryFiles } from "./temporary-files.ts";

/** What a name of a form can stand for. */
export type FormEntry = string | FormFile;

/** The files of a form by the name of their field. */
export class FormFiles implements Iterable<FormFile> {
  readonly #files: readonly FormFile[];
  readonly #byName: ReadonlyMap<string, readonly FormFile[]>;

  constructor(files: readonly FormFile[] = []) {
    this.#files = files;
    this.#byName = byName(files.map((file) => [file.name, file]));
  }

  /** The number of files. */
  get size(): number {
    return this.#files.length;
  }

  /** The file of a field; undefined where none was chosen, 400 where there are several. */
  get(name: string): FormFile | undefined {
    return only(name, this.#byName.get(name));
  }

  /** Every file of a field, in the order sent. */
  getAll(name: string): FormFile[] {
    return [...(this.#byName.get(name) ?? [])];
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** The files, in the order sent. */
  [Symbol.iterator](): IterableIterator<FormFile> {
    return this.#files.values();
  }
}

/**
 * What `request.form()` resolves to: fields by name, each possibly several times, and files. A name is a key of a
 * `Map`, so that `__proto__` is a name like any other.
 *
 * @example
 * ```ts
 * import { Form } from "limpid/forms";
 *
 * const form = new Form([["title", "Tides"], ["tag", "sea"], ["tag", "moon"]]);
 * console.log(form.get("title"), form.getAll("tag"), form.files.size); // Tides [ 'sea', 'moon' ] 0
 * ```
 */
export class Form implements Iterable<[string, string]> {
  /** Empty for a urlencoded form. */
  readonly files: FormFiles;
  readonly #pairs: readonly (readonly [string, string])[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(fields: Iterable<readonly [string, string]>, files: readonly FormFile[] = []) {
    this.#pairs = [...fields];
    this.#values = byName(this.#pairs);
    this.files = new FormFiles(files);
  }

  /**
   * The value of a field, undefined where it was not sent.
   *
   * @throws HttpError 400 `LMP_HTTP_PARAMETER_REPEATED` where it was sent more than once: whichever value were taken,
   *   a proxy in front may have checked the other. Ask `getAll` for a field that may be repeated.
   */
  get(name: string): string | undefined {
    return only(name, this.#values.get(name));
  }

  /** Every value of a field, in the order sent. */
  getAll(name: string): string[] {
    return [...(this.#values.get(name) ?? [])];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /**
   * The fields as a record without a prototype, fit for a schema: one sent once has a string, a repeated one an array.
   *
   * @throws HttpError 400 `LMP_HTTP_PARAMETER_NAME_FORBIDDEN` for `__proto__`, `constructor` and `prototype`, which
   *   would do harm in whatever object the record is copied into.
   */
  toObject(): Record<string, string | string[]> {
    const record: Record<string, string | string[]> = Object.create(null);
    for (const [name, values] of this.#values) {
      if (isForbidden(name)) throw forbidden(name);
      record[name] = values.length === 1 ? values[0]! : [...values];
    }
    return record;
  }

  /** Like `toObject`, with the files under their names: what a schema for a whole form validates. */
  toObjectWithFiles(): Record<string, FormEntry | FormEntry[]> {
    const record: Record<string, FormEntry | FormEntry[]> = this.toObject();
    for (const file of this.files) {
      if (isForbidden(file.name)) throw forbidden(file.name);
      const known = record[file.name];
      if (known === undefined) record[file.name] = file;
      else record[file.name] = Array.isArray(known) ? [...known, file] : [known, file];
    }
    return record;
  }

  /** Fields and files as the platform's `FormData`, the files in memory. Fields come first. */
  async toFormData(): Promise<FormData> {
    const data = new FormData();
    for (const [name, value] of this.#pairs) data.append(name, value);
    for (const file of this.files) {
      data.append(file.name, new File([await file.bytes()], file.filename, { type: file.type }));
    }
    return data;
  }

  /** Pairs of name and value, in the order sent. */
  *[Symbol.iterator](): IterableIterator<[string, string]> {
    for (const [name, value] of this.#pairs) yield [name, value];
  }

  /** Removes the temporary files. The request does it when it ends. */
  async discard(): Promise<void> {
    const paths = Array.from(this.files, (file) => file.expire());
    await removeTemporaryFiles(paths.filter((path) => path !== undefined));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.discard();
  }
}

function byName<Value>(pairs: Iterable<readonly [string, Value]>): Map<string, Value[]> {
  const map = new Map<string, Value[]>();
  for (const [name, value] of pairs) {
    const known = map.get(name);
    if (known === undefined) map.set(name, [value]);
    else known.push(value);
  }
  return map;
}

function only<Value>(name: string, values: readonly Value[] | undefined): Value | undefined {
  if (values === undefined || values.length === 1) return values?.[0];
  throw new HttpError(400, "A field was sent more than once.", {
    code: "LMP_HTTP_PARAMETER_REPEATED",
    expected: `${JSON.stringify(name)} once`,
    found: `${values.length} values`,
  });
}

function isForbidden(name: string): boolean {
  return name === "__proto__" || name === "constructor" || name === "prototype";
}

function forbidden(name: string): HttpError {
  return new HttpError(400, "A field has a forbidden name.", {
    code: "LMP_HTTP_PARAMETER_NAME_FORBIDDEN",
    expected: "any name but __proto__, constructor and prototype",
    found: name,
  });
}
