/** The smallest application of Fastify. */
import { fastify } from "fastify";
import { ready } from "../candidates/ready.ts";

const app = fastify();
app.get("/", (_request, reply) => reply.send("Hello, World!"));
const url = await app.listen({ port: 0, host: "127.0.0.1" });
ready(Number(new URL(url).port));
