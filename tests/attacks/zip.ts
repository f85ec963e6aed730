/** Writes ZIP archives as they should not be: every field of every entry can lie. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  readonly content: string | Uint8Array
  /** What the directory says instead of the truth. */
  readonly declaredBytes?: number
  readonly declaredCrc?: number
  /** Place of an earlier entry whose bytes this one claims too. */
  readonly bytesOf?: number
}

/** The archive; `entries` in order. */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  const places: { at: number; packed: number; size: number; crc: number }[] = []
  let at = 0
  for (const entry of entries) {
    const shared = entry.bytesOf === undefined ? undefined : places[entry.bytesOf]
    if (shared === undefined) {
      const content = Buffer.from(entry.content)
      const packed = deflateRawSync(content, { level: 9 })
      const place = { at, packed: packed.length, size: content.length, crc: crc32(content) }
      const header = headerOf(entry, place, 0x04034b50)
      parts.push(header, packed)
      places.push(place)
      directory.push(headerOf(entry, place, 0x02014b50))
      at += header.length + packed.length
    } else {
      places.push(shared)
      directory.push(headerOf(entry, shared, 0x02014b50))
    }
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length & 0xffff, 8)
  end.writeUInt16LE(entries.length & 0xffff, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...parts, list, end]))
}

/** The local header (0x04034b50) or the entry of the directory (0x02014b50). */
function headerOf(
  entry: ZipEntry,
  place: { at: number; packed: number; size: number; crc: number },
  signature: number,
): Buffer {
  const isDirectory = signature === 0x02014b50
  const name = Buffer.from(entry.name)
  const header = Buffer.alloc(isDirectory ? 46 : 30)
  const shift = isDirectory ? 2 : 0
  header.writeUInt32LE(signature, 0)
  if (isDirectory) header.writeUInt16LE(20, 4)
  header.writeUInt16LE(20, 4 + shift)
  header.writeUInt16LE(0x0800, 6 + shift)
  header.writeUInt16LE(8, 8 + shift)
  header.writeUInt32LE(entry.declaredCrc ?? place.crc, 14 + shift)
  header.writeUInt32LE(place.packed, 18 + shift)
  header.writeUInt32LE(entry.declaredBytes ?? place.size, 22 + shift)
  header.writeUInt16LE(name.length, 26 + shift)
  if (isDirectory) header.writeUInt32LE(place.at, 42)
  return Buffer.concat([header, name])
}
