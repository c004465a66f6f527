/** The smallest application of Express. */
import type { AddressInfo } from "node:net";
import express from "express";
import { ready } from "../candidates/ready.ts";

const app = express();
app.get("/", (_request, response) => response.send("Hello, World!"));
const server = app.listen(0, "127.0.0.1", () => ready((server.address() as AddressInfo).port));
