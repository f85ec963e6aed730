import { TextHeap } from '#domain/ledgers/columns/text-heap.ts'
import { openStockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import { lineOf, putEvent, putMovement, putValue, settle } from '#domain/ledgers/stock/change.ts'
import { rankOf } from '#domain/ledgers/stock/movement.ts'
let seed=1; const rnd=()=>{seed=(Math.imul(seed,1664525)+1013904223)|0; return (seed>>>0)/4294967296}
const texts=new TextHeap()
const ledger=openStockLedger({texts,deviceText:(d)=>'d'+d,documentText:(d)=>'doc'+d,referencePrice:()=>undefined})
const N=1_000_000
const t0=performance.now()
let line=0, at=0
for(let i=0;i<N;i+=5){
  const e=putEvent(ledger,{at:at++,hlc:at,device:0,document:i})
  const branch=Math.floor(rnd()*20), wh=branch*2+(rnd()<.5?0:1)
  const receipt=i%50===0||i<N*Number(process.argv[2]??0.5)||rnd()<.3
  for(let j=0;j<5;j++){
    const sku=Math.floor(rnd()*rnd()*5000)
    const l=lineOf(ledger,sku,wh,branch)
    const leg=texts.append('l'+j)
    const q=(receipt?Number(process.argv[3]??800):Math.floor(rnd()*20+1))*10000
    const m=putMovement(ledger,{event:e,line:l,leg,quantity:receipt?q*4:-q,kind:receipt?rankOf.receipt:rankOf.issue})
    if(receipt)putValue(ledger,m,Math.floor(q*4/10000*rnd()*3000))
  }
  if(i%1000===0) settle(ledger)
}
settle(ledger)
console.log('build',performance.now()-t0, 'pools',ledger.pools.size,'lines',ledger.lines.size,'neg',ledger.negativeLines.size, ledger.shortages.size, ledger.trueUps.table.rows)
for(let k=0;k<6;k++){
 const {quantity,line}=ledger.movements.columns
 const bal=new Float64Array(ledger.lines.size)
 const t=performance.now(); for(let i=0;i<N;i++) bal[line[i]]+=quantity[i]; const a=performance.now()-t
 const t2=performance.now()
 ledger.poolTable.columns.costed.fill(0); for(let p=0;p<ledger.pools.size;p++) ledger.unsettled.push(p)
 settle(ledger)
 console.log('bare',a,'recost',performance.now()-t2)
}
import { costEverything } from '#domain/ledgers/stock/costing/cost-everything.ts'
{
 const c0=ledger.movements.columns.cost.slice(), v0=ledger.poolTable.columns.value.slice()
for(let k=0;k<8;k++){
 const {quantity,line}=ledger.movements.columns
 const bal=new Float64Array(ledger.lines.size)
 const t=performance.now(); for(let i=0;i<N;i++) bal[line[i]]+=quantity[i]; const a=performance.now()-t
 const t2=performance.now(); costEverything(ledger); console.log('bare',a,'everything',performance.now()-t2)
}
 console.log('same', ledger.movements.columns.cost.every((c,i)=>c===c0[i]), ledger.poolTable.columns.value.every((c,i)=>c===v0[i]))
}
{ let a=1e9,b=1e9,c=1e9
for(let k=0;k<25;k++){
 const {quantity,line}=ledger.movements.columns
 const bal=new Float64Array(ledger.lines.size)
 let t=performance.now(); for(let i=0;i<N;i++) bal[line[i]]+=quantity[i]; a=Math.min(a,performance.now()-t)
 t=performance.now(); costEverything(ledger); b=Math.min(b,performance.now()-t)
 t=performance.now()
 ledger.poolTable.columns.costed.fill(0); for(let p=0;p<ledger.pools.size;p++) ledger.unsettled.push(p)
 settle(ledger); c=Math.min(c,performance.now()-t)
}
console.log('MIN',a,b,c) }
