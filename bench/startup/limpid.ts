/** The smallest application of Limpid. */
import { App } from "limpid";
import { ready } from "../candidates/ready.ts";

const app = new App().get("/", () => "Hello, World!");
const server = await app.listen({ port: 0, host: "127.0.0.1" });
ready(Number(new URL(server.url).port));
