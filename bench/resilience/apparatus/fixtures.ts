/** The key and certificate of the TLS scripts: those of the TCP layer's tests, made by `make.sh` beside them. */
import { join } from "node:path";
import { root } from "./program.ts";

const folder = join(root, "test/tcp/fixtures");

export const keyFile: string = join(folder, "localhost.key");
export const certFile: string = join(folder, "localhost.crt");
