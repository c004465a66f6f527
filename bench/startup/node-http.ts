/** The smallest application of `node:http`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ready } from "../candidates/ready.ts";

const server = createServer((_request, response) => response.end("Hello, World!"));
server.listen(0, "127.0.0.1", () => ready((server.address() as AddressInfo).port));
