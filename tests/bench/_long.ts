import fc from 'fast-check'
import { acts, historyOf } from '#tests/builders/random-history.ts'
import { openFold } from '#domain/fold/fold.ts'
import { seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
const N=Number(process.argv[2]), M=Number(process.argv[3])
const b=idOf('branch','branch-0'), sku=idOf('sku','sku-0')
const st=(f:any)=>JSON.stringify([f.hash('goods',b),f.hash('buying',b),f.stock.card(sku,{branch:b})])
let bad=0
const list=fc.sample(acts({skus:1,branches:1,acts:N,actsMin:N}),{numRuns:M,seed:7})
list.forEach((given,i)=>{
 const entries=historyOf(given).flat()
 const f=openFold(); f.apply(entries)
 const g=openFold(); for(const e of shuffled(entries,seededRandom(i))) g.apply([e])
 if(st(f)!==st(g)){bad++; if(bad<3){ const a=f.stock.card(sku,{branch:b}) as any[],c=g.stock.card(sku,{branch:b}) as any[]; const k=a.findIndex((r,j)=>JSON.stringify(r)!==JSON.stringify(c[j])); console.log(i,'diff at',k,'of',a.length,c.length,a[k],c[k])}}
})
console.log('bad',bad,'of',list.length)
