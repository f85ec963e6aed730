/**
 * Who may do what, every cell: each subject opens each document with a raw client and tries to read, to
 * write in both ways, to be present and to talk; each subject asks each question of the API. A witness
 * with all rights sees what got through, and each subject's socket is searched for what it may not know.
 */
import { describe, expect, it } from 'vitest'
import { enrolDevice } from '#server/testing/test-device.ts'
import { openWorld } from '#server/testing/world.ts'
import { openMatrixCompany } from './matrix-company.ts'
import { apiCells } from './matrix-api.ts'
import { socketCells } from './matrix-socket.ts'

const world = openWorld()

async function company() {
  const [server, other] = [await world.server(), await world.server()]
  return openMatrixCompany(server, await enrolDevice(other))
}

function wrongOf(cells: readonly { cell: string; expected: unknown; seen: unknown }[]): string[] {
  return cells
    .filter(({ expected, seen }) => expected !== seen)
    .map(({ cell, expected, seen }) => `${cell}: expected ${expected}, saw ${seen}`)
}

/** Cells that look for an echo of what the subject itself announced, said or showed. */
const isEcho = /· (?:announce|told|presence)$/

describe('rights', () => {
  it('[AUT1] [AUT2] on documents: nothing that is not allowed gets through, in any cell', {
    timeout: 400_000,
  }, async () => {
    const cells = await socketCells(await company())
    console.log(`authorisation matrix: ${cells.length} cells of documents`)
    expect(cells.length).toBeGreaterThan(3_500)
    expect(wrongOf(cells.filter(({ expected }) => expected === false))).toEqual([])
    // What is allowed works too; announcements of one's own are not told back, and are counted apart.
    const allowed = cells.filter(({ expected, cell }) => expected === true && !isEcho.test(cell))
    expect(wrongOf(allowed)).toEqual([])
  })

  it('[AUT3] on the API hold in every cell', { timeout: 400_000 }, async () => {
    const cells = await apiCells(await company())
    console.log(`authorisation matrix: ${cells.length} cells of the API`)
    expect(cells.length).toBeGreaterThan(150)
    expect(wrongOf(cells)).toEqual([])
  })
})
