import { RequestParser } from "limpid/http";
const br = Buffer.from("GET /api/users/42?verbose=1 HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nConnection: keep-alive\r\nCache-Control: max-age=0\r\nUpgrade-Insecure-Requests: 1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\nSec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-US,en;q=0.9\r\nCookie: session=0123456789abcdef0123456789abcdef; theme=dark\r\n\r\n");
const min = Buffer.from("GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n");
for (const [name, b] of [["min", min], ["br", br]] as const) for (let r=0;r<4;r++) {
  const p = new RequestParser(); const N = 300000; const t = process.cpuUsage();
  for (let i=0;i<N;i++) { p.push(b); while (p.next() !== undefined); }
  const u = process.cpuUsage(t); console.log(name, b.length, Math.round((u.user+u.system)*1000/N), "ns cpu");
}
