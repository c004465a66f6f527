/** The smallest application of Hono. */
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { ready } from "../candidates/ready.ts";

const app = new Hono().get("/", (context) => context.text("Hello, World!"));
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => ready(port));
