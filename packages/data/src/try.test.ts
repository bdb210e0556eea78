import { test } from 'vitest';
import { readNdjson } from './ndjson.ts';
import { strToU8 } from 'fflate';
test('x', async () => {
 const line = `${JSON.stringify({ word: 'owl', drawing: [[[...Array(200).keys()], [...Array(200).keys()]]] })}\n`;
 const chunk=strToU8(line.repeat(Math.ceil(2 ** 20 / line.length)));
 async function* e(){ for(let i=0;i<3072;i++) yield chunk; }
 let n=0,peak=0; const t=Date.now(); const marks:string[]=[];
 for await (const _ of readNdjson(e(),{where:'a'})) { n++; if(n%2000===0){const m=process.memoryUsage();peak=Math.max(peak,m.heapUsed+m.arrayBuffers); if(n%200000===0) marks.push(`${n} ${peak>>20} rss ${m.rss>>20} ${Date.now()-t}`);} }
 process.stdout.write(marks.join('\n')+`\n${n} peak ${peak>>20} MB ${Date.now()-t} ms\n`);
}, 600000);
