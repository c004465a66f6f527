/**
 * What this layer takes of Node's modules. `import` reads every export of one at once, and some are getters behind
 * which much more is loaded; that would be a tenth of the start of a program that serves no files.
 */
export const {
  close,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstat,
  open,
  openSync,
  read,
  readdir,
  readlinkSync,
  readSync,
  realpath,
  realpathSync,
  stat,
  statSync,
} = process.getBuiltinModule("node:fs");

export const { promisify } = process.getBuiltinModule("node:util");
