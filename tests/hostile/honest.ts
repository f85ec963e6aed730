/**
 * Two honest devices in a process of their own, so that no attacker's work slows their clocks: one posts
 * all the time, the other reads. Started by `honest-pair.ts`; says on its channel what was written and
 * when it was read.
 *
 *   node tests/hostile/honest.ts <url> <login> <password> <branch> <every ms>
 */
import { readEntries } from '#domain/replica/journal.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { categoryBody, enrolDevice, headSeq, type TestDevice } from '#server/testing/test-device.ts'
import type { TestServer } from '#server/testing/test-server.ts'
import type { HonestWord } from './honest-pair.ts'

const [url = '', login = '', password = '', branch = '', everyMs = '50'] = process.argv.slice(2)
const server = { url, folder: '', nowMs: () => Date.now() } as TestServer
const writtenAt = new Map<number, number>()
let isStopping = false

function say(word: HonestWord): void {
  process.send?.(word)
}

async function enrol(): Promise<TestDevice> {
  const device = await enrolDevice(server, { login, password, branches: [branch] })
  device.socket.on('close', ({ event }: { event: { code: number; reason: string } }) => {
    say({ said: 'lost', why: `${event.code} ${event.reason}` })
  })
  return device
}

const [writer, reader] = [await enrol(), await enrol()]
process.on('message', () => {
  isStopping = true
})

const { journal } = await writer.write('goods', 'first')
const heads = writer.open(writer.headsName())
const out = writer.open(journal)
const copy = reader.open(journal)
await Promise.all([out.synced, copy.synced, heads.synced])
let read = 0
copy.doc.on('update', () => {
  for (const { seq, bytes } of readEntries(copy.doc, read)) {
    const begun = writtenAt.get(seq)
    const ms = begun === undefined ? undefined : performance.now() - begun
    say({ said: 'read', seq, hash: sha256Hex(bytes), ...(ms === undefined ? {} : { ms }) })
    read = seq + 1
  }
})
say({ said: 'ready', journal, devices: [writer.enrolled.device, reader.enrolled.device] })

for (let seq = 1; !isStopping; seq++) {
  const sealed = await writer.seal('goods', [categoryBody(`honest ${seq}`)])
  writtenAt.set(seq, performance.now())
  writer.append(sealed)
  const [entry] = sealed.entries
  say({ said: 'written', seq, hash: entry === undefined ? '' : sha256Hex(entry.bytes) })
  await new Promise((resolve) => setTimeout(resolve, Number(everyMs)))
}
const last = Math.max(0, ...writtenAt.keys())
while (read <= last || headSeq(heads.doc, journal) < last) {
  await new Promise((resolve) => setTimeout(resolve, 20))
}
say({ said: 'done' })
writer.leave()
reader.leave()
process.disconnect()
