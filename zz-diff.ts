// @ts-nocheck
import { HTTPParser } from "node:_http_common";
import { feed } from "./test/http/feeding.ts";
const smuggled="GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
function node(buf) {
  const p = new HTTPParser(); const msgs=[]; let cur;
  p.initialize(HTTPParser.REQUEST, {}, 0, 0);
  let pend=[], url='';
  p[HTTPParser.kOnMessageBegin]=()=>{pend=[];url='';};
  p[HTTPParser.kOnHeaders]=(h,u)=>{ pend.push(...h); url+=u; };
  p[HTTPParser.kOnHeadersComplete]=(maj,min,headers,method,u,status,sm,upgrade,ka)=>{ cur={target: u||url, n:(headers||pend).length/2, body:'',complete:false}; if(headers===undefined){cur.n=pend.length/2;} pend=[];url=''; msgs.push(cur); return upgrade? 0:0; };
  p[HTTPParser.kOnBody]=(b)=>{ cur.body+=b.toString('latin1'); };
  p[HTTPParser.kOnMessageComplete]=()=>{ cur.complete=true; };
  const r = p.execute(buf);
  return { msgs, err: r instanceof Error ? r.code : undefined, n: r };
}
const seeds = ["GET / HTTP/1.1\r\nHost: a\r\n\r\n","POST /a?b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello","POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: u\r\n\r\n","POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n","GET http://a/b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n","POST / HTTP/1.1\r\nHost: [::1]:80\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na"].map(s=>s+smuggled);
const frag = [..."\r|\n|\r\n|\r\n\r\n|\n\n|\0|\t| |  |:| :|;|,|\x0b|\x0c|\x7f|\x80|\xa0|\xff|#|?|/|*|@|%|+|-|0x|_".split("|"),..."0|1|5|00|ffffffffffffffff|9007199254740993|chunked|Chunked|identity|close|upgrade|100-continue".split("|"),..."Host: b|Content-Length: 0\r\n|Content-Length: 5\r\n|Transfer-Encoding: chunked\r\n|Transfer-Encoding : chunked\r\n|Connection: close\r\n|A: b\r\n c\r\n".split("|"),...'HTTP/1.1|HTTP/2.0|GET|"|\\|=|a;a="'.split("|")];
let rnd = 12345; const R=n=>{ rnd = (Math.imul(rnd,1103515245)+12345)>>>0; return Math.floor(rnd/4294967296*n); };
let both=0, diff=0, N=+process.argv[2]; const shown=new Set(); Error.stackTraceLimit=0; const t=Date.now();
for (let i=0;i<N;i++) {
  let s=seeds[R(seeds.length)]; const k=1+R(4);
  for (let j=0;j<k;j++) { const at=R(s.length+1), len=1+R(5), f=R(4)?frag[R(frag.length)]:String.fromCharCode(R(256)); const m=R(4);
    s = m===0? s.slice(0,at)+f+s.slice(at) : m===1? s.slice(0,at)+f+s.slice(at+len) : m===2? s.slice(0,at)+s.slice(at+len) : s.slice(0,at)+s.slice(at,at+len)+s.slice(at); }
  const buf=Buffer.from(s,'latin1'); const o=feed([buf]); if (!o.messages.length) continue; const n=node(Buffer.from(buf)); 
  const c=Math.min(o.messages.length, n.msgs.length);
  for (let j=0;j<c;j++) { const a=o.messages[j], b=n.msgs[j]; if (a.upgrade) break; 
    if (a.target!==b.target || (a.complete&&b.complete&&a.body!==b.body) || a.headers.length!==b.n) { diff++; if(diff<15) console.log(JSON.stringify(s), a, b); break; } both++; }
  if (o.messages.length>n.msgs.length && !n.err) { diff++; if(diff<15) console.log('more', JSON.stringify(s), o.messages.length, n); }
  if (o.messages.length>n.msgs.length && n.err && !shown.has(n.err)) { shown.add(n.err); console.log('we accept, node refuses', n.err, JSON.stringify(s)); }
}
console.log({N,both,diff}, Date.now()-t);
