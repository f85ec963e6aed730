/**
 * Refuses a packed workbook that would unpack to more than we want to hold, before anything is
 * unpacked. The reader behind it stops at the size that an entry declares, so what is declared here
 * is what can come.
 */

import { limitUnpackedPartBytes, limitUnpackedBytes } from '#domain/values/limits.ts'

export type ZipProblemCode = 'file-damaged' | 'file-unpacks-too-large'

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const endLength = 22
const entryLength = 46
const limitCommentBytes = 65_535
const limitEntries = 5_000
/** What 32- and 16-bit fields hold where the real size stands in a ZIP64 record. */
const zip64Size = 0xffffffff
const zip64Count = 0xffff

/** [EXD3] undefined when every entry declares its size and all together stay within the limit. */
export function checkZip(bytes: Uint8Array): ZipProblemCode | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === undefined) return 'file-damaged'
  const count = view.getUint16(end + 10, true)
  // A workbook of this size needs no ZIP64; one that has it hides its sizes from us.
  if (count === zip64Count || count > limitEntries) return 'file-unpacks-too-large'
  let at = view.getUint32(end + 16, true)
  let unpackedBytes = 0
  for (let i = 0; i < count; i++) {
    const entry = readEntry(view, at)
    if (entry === undefined) return 'file-damaged'
    const isTooMuch = !entry.isSheet && entry.unpackedBytes > limitUnpackedPartBytes
    if (entry.isSizeHidden || isTooMuch) return 'file-unpacks-too-large'
    unpackedBytes += entry.unpackedBytes
    at = entry.next
  }
  return unpackedBytes > limitUnpackedBytes ? 'file-unpacks-too-large' : undefined
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endLength
  for (let at = last; at >= Math.max(0, last - limitCommentBytes); at--) {
    if (view.getUint32(at, true) === endSignature) return at
  }
  return undefined
}

function readEntry(
  view: DataView,
  at: number,
): { unpackedBytes: number; isSizeHidden: boolean; isSheet: boolean; next: number } | undefined {
  if (at + entryLength > view.byteLength || view.getUint32(at, true) !== entrySignature) {
    return undefined
  }
  const packedBytes = view.getUint32(at + 20, true)
  const unpackedBytes = view.getUint32(at + 24, true)
  const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true))
  const isStreamed = (view.getUint16(at + 8, true) & 8) !== 0
  return {
    unpackedBytes,
    isSheet: isSheetAt(view, at),
    isSizeHidden:
      packedBytes === zip64Size ||
      unpackedBytes === zip64Size ||
      (unpackedBytes === 0 && packedBytes > 2) ||
      (isStreamed && packedBytes === 0),
    next: lengths.reduce((sum, length) => sum + length, at + entryLength),
  }
}

const ascii = new TextDecoder('latin1')

/** Sheets are read row by row; every other part is read whole, at many times its size. */
function isSheetAt(view: DataView, at: number): boolean {
  const begin = view.byteOffset + at + entryLength
  const length = Math.min(view.getUint16(at + 28, true), view.byteLength - at - entryLength)
  return ascii.decode(new Uint8Array(view.buffer, begin, length)).includes('worksheets/')
}
