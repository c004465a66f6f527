import net from "node:net"; import {TcpServer} from "limpid/tcp"; import {fork} from "node:child_process";
const mode=process.argv[2];
const N=5000;
let port;
if(mode==="raw"){const s=net.createServer({allowHalfOpen:true,noDelay:true,keepAlive:true},c=>{c.on("data",b=>c.write(b));c.on("error",()=>{})});await new Promise(r=>s.listen(0,"127.0.0.1",r));port=s.address().port}
else{const s=new TcpServer({host:"127.0.0.1",maxConnectionsPerAddress:Infinity,idleTimeout:mode==="idle0"?0:60000},c=>{c.on("data",b=>{c.write(b)})});await s.listen();port=s.port}
gc();const b=process.memoryUsage();
const cl=fork("/tmp/limpid/cl.mjs",[port,N]);await new Promise(r=>cl.once("message",r));
gc();await new Promise(r=>setTimeout(r,300));gc();const a=process.memoryUsage();
const cpu=process.cpuUsage();cl.send("go");await new Promise(r=>cl.once("message",r));const d=process.cpuUsage(cpu);
console.log(mode,"rss/conn",((a.rss-b.rss)/N|0),"heap/conn",((a.heapUsed-b.heapUsed)/N|0),"cpu us/msg",((d.user+d.system)/200000).toFixed(2),"user",(d.user/200000).toFixed(2));
cl.kill();process.exit();
