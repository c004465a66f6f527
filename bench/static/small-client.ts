/** One client that asks for 1 KiB again and again until its input ends; it writes how long the answers took, in milliseconds. */
import { once } from "node:events";
import { connect } from "node:net";

let ended = false;
process.stdin.resume().on("end", () => {
  ended = true;
});
const socket = connect({ port: Number(process.argv[2]), host: "127.0.0.1", noDelay: true });
await once(socket, "connect");
const times: number[] = [];
while (!ended) {
  const began = performance.now();
  socket.write("GET /a.bin HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await answer();
  times.push(performance.now() - began);
}
socket.destroy();

/** A head and 1 KiB, in however many pieces. */
async function answer(): Promise<void> {
  let text = "";
  while (text.length < text.indexOf("\r\n\r\n") + 4 + 1024 || !text.includes("\r\n\r\n")) {
    text += String(((await once(socket, "data")) as [Buffer])[0].toString("latin1"));
  }
}

times.sort((one, other) => one - other);
const at = (share: number): number | undefined => times[Math.floor((times.length - 1) * share)];
const found = { requests: times.length, p50: at(0.5), p99: at(0.99), longest: at(1) };
process.stdout.write(JSON.stringify(found), () => process.exit(0));
