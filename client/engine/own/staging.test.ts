import { applyUpdate, type Doc } from 'yjs'
import { describe, expect, it } from 'vitest'
import { appendEntries, createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import { makeStaging } from './staging.ts'

function entries(first: number, count: number) {
  return Array.from({ length: count }, (_, i) => ({
    seq: first + i,
    bytes: new Uint8Array(40 + i).fill(first + i),
  }))
}

/** As Yjs itself does it. */
function docOf(client: number): Doc {
  const doc = createJournalDoc()
  doc.clientID = client
  return doc
}

describe('staging', () => {
  it('[APP10] makes the updates of a page load byte for byte as Yjs does', () => {
    for (const client of [7, 4_294_967_295]) {
      const staging = makeStaging({ uuid: () => '', bits: () => client })
      const [goods, sales] = [docOf(client), docOf(client)]
      const copy = createJournalDoc()
      for (const [first, count] of [
        [57, 1],
        [58, 300],
        [358, 2],
      ] as const) {
        const some = entries(first, count)
        const update = staging.append('goods', some)
        expect(update).toEqual(appendEntries(goods, some))
        applyUpdate(copy, update)
      }
      expect(staging.append('sales', entries(0, 3))).toEqual(appendEntries(sales, entries(0, 3)))
      expect(readEntries(copy, 0)).toEqual(readEntries(goods, 0))
    }
  })

  it('[APP10] stops on a gap or a repeat, and keeps none of it', () => {
    const staging = makeStaging({ uuid: () => '', bits: () => 7 })
    staging.append('goods', entries(0, 2))
    expect(() => staging.append('goods', entries(3, 1))).toThrow('in order')
    expect(() => staging.append('goods', entries(1, 1))).toThrow('in order')
    const doc = docOf(7)
    appendEntries(doc, entries(0, 2))
    expect(staging.append('goods', entries(2, 1))).toEqual(appendEntries(doc, entries(2, 1)))
  })
})
