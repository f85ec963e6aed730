/**
 * 存档点 (checkpoints) that seals name, as files under the hash of what they hold. Derived: one that is lost
 * costs a new device the time to fold everything, and nothing else.
 */
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isHashText } from '#domain/records/packed-form.ts'

export interface CheckpointShelf {
  /** Keeps the bytes; the hash they are found under. */
  put(bytes: Uint8Array): Promise<string>
  /** Undefined where they are not here, or not what they were. */
  get(hash: string): Promise<Uint8Array | undefined>
  /** Throws all others away. */
  keepOnly(hashes: ReadonlySet<string>): Promise<void>
}

export function hashOfFile(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function openCheckpointShelf(folder: string): CheckpointShelf {
  const fileOf = (hash: string) => join(folder, `${hash}.checkpoint`)
  return {
    async put(bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const hash = hashOfFile(bytes)
      const draft = `${fileOf(hash)}.new`
      const file = await open(draft, 'w', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, fileOf(hash))
      return hash
    },
    async get(hash) {
      if (!isHashText(hash)) return undefined
      const bytes = await readFile(fileOf(hash)).catch(() => undefined)
      return bytes !== undefined && hashOfFile(bytes) === hash ? bytes : undefined
    },
    async keepOnly(hashes) {
      for (const name of await readdir(folder).catch(() => [])) {
        const [hash = '', kind] = name.split('.')
        if (kind !== 'checkpoint' || !isHashText(hash) || hashes.has(hash)) continue
        await rm(join(folder, name), { force: true })
      }
    },
  }
}

/** Of servers that live in memory. */
export function memoryShelf(): CheckpointShelf {
  const files = new Map<string, Uint8Array>()
  return {
    async put(bytes) {
      const hash = hashOfFile(bytes)
      files.set(hash, bytes)
      return hash
    },
    get: async (hash) => files.get(hash),
    async keepOnly(hashes) {
      for (const hash of files.keys()) if (!hashes.has(hash)) files.delete(hash)
    },
  }
}
