/** Clients that ask for much and read nothing. */
import { createConnection, type Socket } from "node:net";
import { perform } from "../apparatus/tasks.ts";
import { Dialled } from "./dialled.ts";
import { sourceAddress } from "./source-address.ts";

const NET = 5;
const GIGABYTE = 1024 ** 3;
const sockets: Socket[] = [];

function request(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
}

function pathOf(client: number, bytes: number): string {
  return client % 2 === 0 ? `/generator/${bytes}` : `/web-stream/${bytes}`;
}

perform({
  /** A few that read everything, so that what is measured afterwards is not the first time. */
  async warm({ port }: { port: number }): Promise<void> {
    for (let client = 0; client < 20; client++) {
      const one = await Dialled.dial({ port, from: sourceAddress(NET, client) });
      const outcome = await one.request(request(pathOf(client, 8 * 1024 * 1024)));
      if ("lost" in outcome) throw new Error(`A stream broke off: ${outcome.code}`);
      one.close();
    }
  },
  async begin({ port, clients }: { port: number; clients: number }): Promise<void> {
    for (let client = 0; client < clients; client++) {
      const socket = createConnection({ port, host: "127.0.0.1", localAddress: sourceAddress(NET, client) });
      socket.pause().on("error", () => {});
      await new Promise((resolve) => socket.once("connect", resolve));
      socket.write(request(pathOf(client, GIGABYTE)));
      sockets.push(socket);
    }
  },
});
