/**
 * The server's data folder on a disk of 80 MB that is filled under it and freed again. As root, or
 * where user namespaces are allowed, it is a real small file system; elsewhere the process's files are
 * limited in size (RLIMIT_FSIZE; `SMALL_DISK=limit` asks for it), which writes of the log meet in the
 * same way. The test says which.
 */
import { spawnSync } from 'node:child_process'
import { mkdir, rm, statfs } from 'node:fs/promises'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { enrolDevice } from '#server/testing/test-device.ts'
import { setUpCompany } from '#server/testing/test-server.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { enrolled, open, sell, stockRoom, synced, world } from '#tests/road/shop.ts'
import { AckBook } from './ack-book.ts'
import { readDataImage } from './data-image.ts'
import { RawWriter } from './raw-writer.ts'
import { openServerProcess, type ServerProcess } from './server-process.ts'

const diskMb = 80

interface SmallDisk {
  readonly kind: 'file system' | 'file size'
  readonly prefix: readonly string[]
  /** Leaves the server no room. */
  fill(real: ServerProcess): void
  free(real: ServerProcess): Promise<void>
  /** Where the files are seen from here. */
  seen(real: ServerProcess): string
}

function tmpfsOf(folder: string, seen: (pid: number) => string, prefix: string[]): SmallDisk {
  const fileOf = ({ child }: ServerProcess) => join(seen(child?.pid ?? 0), 'ballast')
  return {
    kind: 'file system',
    prefix: [
      ...prefix,
      'sh',
      '-c',
      `mount -t tmpfs -o size=${diskMb}m tmpfs ${folder} && exec "$@"`,
      'sh',
    ],
    fill: (real) => fillUp(fileOf(real)),
    free: (real) => rm(fileOf(real)),
    seen: ({ child }) => seen(child?.pid ?? 0),
  }
}

/** Mounted inside a namespace of the server's own, so nothing is left behind. */
function smallDisk(folder: string): SmallDisk {
  const prefix = ['unshare', '-Urm']
  const probe = [...prefix.slice(1), 'sh', '-c', `mount -t tmpfs tmpfs ${folder}`]
  const isWanted = process.env['SMALL_DISK'] !== 'limit'
  if (isWanted && spawnSync('unshare', probe).status === 0) {
    return tmpfsOf(folder, (pid) => `/proc/${pid}/root${folder}`, prefix)
  }
  const limit = (pid: number | undefined, size: string) =>
    spawnSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`])
  return {
    kind: 'file size',
    prefix: ['sh', '-c', `trap '' XFSZ; exec "$@"`, 'sh'],
    fill: ({ child }) => void limit(child?.pid, '4096'),
    free: async ({ child }) => void limit(child?.pid, 'unlimited'),
    seen: () => folder,
  }
}

function fillUp(file: string): void {
  const fd = openSync(file, 'w')
  for (const size of [1_048_576, 4_096, 512]) {
    const zeros = Buffer.alloc(size)
    try {
      while (writeSync(fd, zeros) === size);
    } catch {
      // No room for one more of this size.
    }
  }
  closeSync(fd)
}

async function isReady({ server }: ServerProcess): Promise<boolean> {
  const health = (await (await fetch(`${server.url}/healthz`)).json()) as { ready: boolean }
  return health.ready
}

describe('a small disk', () => {
  it('[DSC1] that fills up costs nothing that was confirmed, and all goes on when there is room', async () => {
    const base = await openServerProcess()
    world.later(() => base.remove())
    const folder = join(base.folder, 'disk')
    await mkdir(folder)
    const disk = smallDisk(folder)
    const real = await openServerProcess({ folder })
    world.later(() => real.kill())
    await real.start({ prefix: disk.prefix })
    await setUpCompany(real.server)
    const book = new AckBook((await enrolDevice(real.server)).enrolled.serverKey)
    const writer = await RawWriter.enrol(real.server, book, 'goods')
    world.later(() => writer.leave())
    const tablet = await enrolled(real.server)
    const warehouse = await stockRoom(tablet.engine)
    await synced(tablet.engine)
    writer.join()
    await eventually(() => expect(book.confirmedCount).toBeGreaterThan(20))

    disk.fill(real)
    await eventually(async () => expect(await isReady(real)).toBe(false))
    const shown = book.confirmedCount
    for (let i = 0; i < 5; i++) await sell(tablet.engine, warehouse, 1)
    const status = await tablet.engine.read('status', {})
    expect(status).toMatchObject({ documentsWaiting: 5, isSignInNeeded: false })
    expect(status.stopped).toBeUndefined()
    expect(status.refused).toBeUndefined()
    // A device that starts now, and must ask for a token, is not told to sign in either.
    await tablet.engine.close()
    const again = await open(real.server, { disk: tablet.disk() })
    await sell(again.engine, warehouse, 1)
    expect(await again.engine.read('status', {})).toMatchObject({ isSignInNeeded: false })
    if (disk.kind === 'file system') expect((await statfs(disk.seen(real))).bavail).toBe(0)

    await disk.free(real)
    await eventually(async () => expect(await isReady(real)).toBe(true))
    // Hurried any earlier, its one quick call may come before the server has noticed the room.
    again.engine.hurry()
    await eventually(() => expect(book.confirmedCount).toBeGreaterThan(shown))
    await synced(again.engine)
    writer.stopWriting()
    await writer.confirmed()
    await writer.leave()
    const image = await readDataImage(disk.seen(real))
    expect(image.problems).toEqual([])
    expect(await book.missingIn(image)).toEqual([])
    console.info(`a small ${disk.kind}: ${shown} records confirmed when it was full, none lost`)
  }, 180_000)
})
