/**
 * The server's store fails at every single call of SQLite, one after the other, as a full disk, a
 * broken one and a locked file would: once, and for a while. Real server, real store thread.
 */
import { describe, expect, it, vi } from 'vitest'
import type { Store } from '#server/storage/store.ts'
import { watchHeads } from '#domain/replica/heads.ts'
import { world } from '#tests/road/shop.ts'
import { AckBook } from './ack-book.ts'
import { brokenCalls, sqliteCodes } from './break-calls.ts'
import { readDataImage } from './data-image.ts'

const limitWaitMs = 30_000

describe('a store that fails at its n-th call', () => {
  for (const [name, code] of Object.entries(sqliteCodes)) {
    it(`[STF1] (${name}) confirms nothing that it does not have, and no queue stands still`, async () => {
      let kept: Store | undefined
      const server = await world.server({ around: (store) => (kept = store) })
      const device = await world.device(server)
      const book = new AckBook(device.enrolled.serverKey)
      let turns = 0
      for (const span of [1, 4]) {
        for (let turn = 1; ; turn++) {
          brokenCalls.arm(turn, code, span)
          const { doc } = device.open(device.headsName())
          const stop = watchHeads(doc, (heads) => book.took(heads))
          const sealed = await device.write('goods', `${span}.${turn}`)
          book.wrote(sealed.journal, sealed.entries)
          device.open(sealed.journal)
          await vi.waitFor(
            () =>
              expect(book.shownSeq(sealed.journal), `${span} from ${turn}`).toBe(sealed.tail.seq),
            {
              timeout: limitWaitMs,
              interval: 5,
            },
          )
          await kept?.compact(sealed.journal).catch(() => undefined)
          const { calls } = brokenCalls
          brokenCalls.disarm()
          stop()
          device.leave()
          turns += 1
          if (calls < turn) break
        }
        const image = await readDataImage(server.folder)
        expect(await book.missingIn(image)).toEqual([])
        expect(book.changedIn(image.journals)).toEqual([])
        expect(book.problems).toEqual([])
      }
      console.info(`${name}: ${turns} turns`)
      expect(turns).toBeGreaterThan(20)
    }, 180_000)
  }
})
