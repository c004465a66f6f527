/** Opens what is below a root, and proves on the opened file that it is: a name that was checked may lead elsewhere by then. */
import type { Stats } from "node:fs";
import { sep } from "node:path";
import { LimpidError, ServiceUnavailableError } from "../errors/index.ts";
import {
  close,
  constants,
  existsSync,
  fstatSync,
  lstat,
  open,
  promisify,
  readlinkSync,
  realpath,
} from "./builtins.ts";
import type { RefusalReason } from "./moments.ts";

const openFile = promisify(open);
const lstatOf = promisify(lstat);
const realPathOf = promisify(realpath.native);

/** Not through a link at the end, and without waiting: opening a named pipe would wait for its writer. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** Where Linux tells the path of what a descriptor is open on. */
const descriptors = existsSync("/proc/self/fd") ? "/proc/self/fd/" : undefined;

/** A file replaced just now by another one is tried again. */
const ATTEMPTS = 3;

/** An opened file or directory that is below the root. Whoever asked for it closes `descriptor`. */
export interface Opened {
  readonly descriptor: number;
  readonly stats: Stats;
  /** Where it really is, below the root, with slashes. Without links it is what was asked for. */
  readonly path: string;
}

/** Nothing that may be served. `undefined`: there is nothing at all. */
export interface NotOpened {
  readonly descriptor: undefined;
  readonly reason: RefusalReason | undefined;
}

/**
 * Opens a file or a directory below `root`, which is a real path. Nothing else is ever opened for long: pipes,
 * sockets and devices are closed unread.
 *
 * @throws LimpidError `LMP_STATIC_READ_FAILED` where the disk fails.
 * @throws ServiceUnavailableError where the process has too many files open.
 */
export async function openContained(
  root: string,
  path: string,
  symlinks: boolean,
): Promise<Opened | NotOpened> {
  const wanted = placeOf(root, path);
  for (let attempt = 1; ; attempt++) {
    let descriptor: number;
    try {
      descriptor = await openFile(wanted, symlinks ? READ : READ | NO_FOLLOW);
    } catch (error) {
      return refusalOf(error as NodeJS.ErrnoException);
    }
    try {
      const stats = fstatSync(descriptor);
      const real = await realPlace(descriptor, wanted, stats);
      // It has been replaced meanwhile.
      if (real === undefined && attempt < ATTEMPTS) {
        closeQuietly(descriptor);
        continue;
      }
      const reason = reasonAgainst(root, wanted, real, stats, symlinks);
      if (reason === undefined && real !== undefined) {
        return { descriptor, stats, path: pathBelow(root, real) };
      }
      closeQuietly(descriptor);
      return { descriptor: undefined, reason };
    } catch (error) {
      closeQuietly(descriptor);
      throw readFailed(path, error);
    }
  }
}

/** Closes a descriptor that was only read; there is nothing that could be lost. */
export function closeQuietly(descriptor: number): void {
  close(descriptor, () => {});
}

/** Where a path below the root stands on disk. */
export function placeOf(root: string, path: string): string {
  const below = sep === "/" ? path : path.replaceAll("/", sep);
  if (below === "") return root;
  return root.endsWith(sep) ? root + below : root + sep + below;
}

/** The disk did not give what it should. */
export function readFailed(path: string, cause: unknown): LimpidError {
  return new LimpidError("LMP_STATIC_READ_FAILED", "A file could not be read.", {
    expected: "a readable file",
    found: `${path}: ${(cause as NodeJS.ErrnoException)?.code ?? String(cause)}`,
    fix: "Look at the disk and at the permissions of the folder.",
    cause,
  });
}

function reasonAgainst(
  root: string,
  wanted: string,
  real: string | undefined,
  stats: Stats,
  symlinks: boolean,
): RefusalReason | undefined {
  if (!stats.isFile() && !stats.isDirectory()) return "no-file";
  if (real === undefined) return "outside";
  if (real === wanted) return undefined;
  // Also a name in another case, on a file system that does not mind.
  if (!symlinks) return "link";
  const edge = root.endsWith(sep) ? root : root + sep;
  return real === root || real.startsWith(edge) ? undefined : "outside";
}

/** The real path of an opened file; `undefined` where the file is no longer at it. */
async function realPlace(descriptor: number, wanted: string, stats: Stats): Promise<string | undefined> {
  if (descriptors !== undefined) {
    const place = readlinkSync(descriptors + descriptor);
    return place.endsWith(" (deleted)") && place !== wanted ? undefined : place;
  }
  try {
    const real = await realPathOf(wanted);
    const there = await lstatOf(real);
    return there.ino === stats.ino && there.dev === stats.dev ? real : undefined;
  } catch {
    return undefined;
  }
}

function pathBelow(root: string, real: string): string {
  const below = real === root ? "" : real.slice(root.endsWith(sep) ? root.length : root.length + 1);
  return sep === "/" ? below : below.replaceAll(sep, "/");
}

function refusalOf(error: NodeJS.ErrnoException): NotOpened {
  switch (error.code) {
    case "ENOENT":
    case "ENOTDIR":
    case "ENAMETOOLONG":
      return { descriptor: undefined, reason: undefined };
    case "ELOOP":
    case "EMLINK":
      return { descriptor: undefined, reason: "link" };
    case "EACCES":
    case "EPERM":
      return { descriptor: undefined, reason: "unreadable" };
    // A socket cannot be opened, nor a device without a driver.
    case "ENXIO":
    case "ENODEV":
    case "EINVAL":
    case "EISDIR":
      return { descriptor: undefined, reason: "no-file" };
    case "EMFILE":
    case "ENFILE":
      throw new ServiceUnavailableError("Too many files are open.", {
        headers: { "Retry-After": "1" },
        cause: error,
      });
    default:
      throw readFailed(error.path ?? "a file", error);
  }
}
