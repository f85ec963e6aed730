/**
 * Room on the disk that is kept in reserve: a file of its own in the browser's private file system, filled while
 * there is room and emptied when the store fails for want of it. Its size is the only thing it says: full, the
 * reserve is there; shorter, it was given back and a later start knows it.
 */

/** What a store gets well with: the reserve is more than a renewal takes at its peak. */
const reserveBytes = 16_777_216
/** Enough beyond the reserve for the first writes of a run. */
const firstBytes = 262_144
/** Beyond the reserve: where this much is no longer to be had, posting stops before anything fails. */
const marginBytes = 4_194_304
/** A log, the table that it becomes, and what stands about them. */
const renewalBytes = 10_485_760

/** Short: it was given back, or there is nothing beyond it. */
export type SpareState = 'never-kept' | 'whole' | 'short'

export interface SpareRoom {
  /** Quick: a start waits for it. */
  state(): Promise<SpareState>
  /** Fills what is missing; false where that, and a margin beyond it, cannot be had. */
  keep(): Promise<boolean>
  giveBack(): Promise<void>
  /** Whether there is room for what a renewal takes; asked after the reserve was given back. */
  isRoomy(): Promise<boolean>
}

/** A browser without such files keeps no reserve, and is taken to have room until a write fails. */
export function privateFileRoom(fileName = 'reserve'): SpareRoom {
  async function withFile<Value>(otherwise: Value, act: (file: SizedFile) => Value) {
    let file: SizedFile | undefined
    try {
      const folder = await navigator.storage.getDirectory()
      const handle = await folder.getFileHandle(fileName, { create: true })
      file = await handle.createSyncAccessHandle()
      return act(file)
    } catch (error) {
      return isWantOfRoom(error) ? (false as Value) : otherwise
    } finally {
      file?.close()
    }
  }

  return {
    async state() {
      const size = await sizeOf(fileName)
      if (size === undefined) return 'never-kept'
      if (size < reserveBytes) return 'short'
      return (await withFile(true, (file) => hasBeyond(file, firstBytes))) ? 'whole' : 'short'
    },
    keep: () => withFile(true, (file) => hasBeyond(file, marginBytes)),
    giveBack: () =>
      withFile(undefined, (file) => {
        file.truncate(0)
        file.flush()
      }),
    isRoomy: () =>
      withFile(true, (file) => {
        const isThere = grow(file, renewalBytes)
        file.truncate(0)
        return isThere
      }),
  }
}

/** Fills the reserve, and looks for so much beyond it; what was there before stays in any case. */
function hasBeyond(file: SizedFile, bytes: number): boolean {
  const before = file.getSize()
  const isThere = grow(file, reserveBytes + bytes)
  file.truncate(isThere ? reserveBytes : Math.min(before, reserveBytes))
  return isThere
}

interface SizedFile {
  getSize(): number
  truncate(size: number): void
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number
  flush(): void
  close(): void
}

/** Written byte by byte, since a size alone takes no room; chance, so that no file system packs it. */
function grow(file: SizedFile, toBytes: number): boolean {
  const piece = crypto.getRandomValues(new Uint8Array(65_536))
  try {
    for (let at = file.getSize(); at < toBytes; at += piece.length) {
      if (file.write(piece, { at }) < piece.length) return false
    }
    file.flush()
    return true
  } catch {
    return false
  }
}

async function sizeOf(fileName: string): Promise<number | undefined> {
  try {
    const folder = await navigator.storage.getDirectory()
    return (await (await folder.getFileHandle(fileName)).getFile()).size
  } catch {
    return undefined
  }
}

function isWantOfRoom(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
}
