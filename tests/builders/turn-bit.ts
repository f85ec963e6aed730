/** What a disk does to bytes that lie there for long: one bit in the middle turns. */
export function turnBit(bytes: Uint8Array): void {
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
}
