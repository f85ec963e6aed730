/** The real server killed at each named step of a commit and of a compaction. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { enrolDevice } from '#server/testing/test-device.ts'
import { setUpCompany } from '#server/testing/test-server.ts'
import { world } from '#tests/road/shop.ts'
import { AckBook } from './ack-book.ts'
import { beforeAck, steps } from './break-calls.ts'
import { readDataImage } from './data-image.ts'
import { RawWriter } from './raw-writer.ts'
import { openServerProcess, type ServerProcess } from './server-process.ts'

const nodeFlags = ['--import', join(import.meta.dirname, 'break-calls.ts')]
const compactAll = join(import.meta.dirname, 'compact-all.ts')
const ofCompaction = [
  'between snapshot and log',
  'before a compaction is committed',
  'after a compaction',
]
const ofCommit = [...Object.keys(steps).filter((step) => !ofCompaction.includes(step)), beforeAck]

async function openShop() {
  const real = await openServerProcess()
  world.later(() => real.remove())
  await real.start()
  await setUpCompany(real.server)
  const { serverKey } = (await enrolDevice(real.server)).enrolled
  const book = new AckBook(serverKey)
  const writer = await RawWriter.enrol(real.server, book, 'goods')
  world.later(() => writer.leave())
  return { real, book, writer }
}

async function expectWhole(real: ServerProcess, book: AckBook): Promise<void> {
  const image = await readDataImage(real.folder)
  expect(image.problems).toEqual([])
  expect(await book.missingIn(image)).toEqual([])
  expect(book.changedIn(image.journals)).toEqual([])
}

describe('a server that is killed', () => {
  it('[KIL3] at any named step of a commit keeps what it confirmed and no half', async () => {
    const { real, book, writer } = await openShop()
    for (const step of ofCommit) {
      await real.start({ nodeFlags, env: { LIANCANG_KILL_AT: step } })
      writer.join()
      await real.exited()
      expect(real.child?.signalCode, step).toBe('SIGKILL')
      await writer.leave()
      await expectWhole(real, book)
    }
    await real.start()
    writer.join()
    writer.stopWriting()
    await writer.confirmed()
    await real.kill()
    await expectWhole(real, book)
    expect(book.confirmedCount).toBeGreaterThan(ofCommit.length)
  }, 120_000)

  it('[KIL3] at any named step of a compaction holds every record once', async () => {
    const { real, book, writer } = await openShop()
    writer.join()
    while (book.confirmedCount < 30) await new Promise((resolve) => setTimeout(resolve, 5))
    await real.kill()
    await writer.leave()
    const before = await readDataImage(real.folder)
    for (const step of ofCompaction) {
      const child = spawn(process.execPath, [...nodeFlags, compactAll, real.folder], {
        stdio: 'inherit',
        env: { ...process.env, LIANCANG_KILL_AT: step },
      })
      await once(child, 'exit')
      expect(child.signalCode, step).toBe('SIGKILL')
      await expectWhole(real, book)
      const after = await readDataImage(real.folder)
      expect(after.recordCount).toBe(before.recordCount)
    }
  }, 120_000)
})
