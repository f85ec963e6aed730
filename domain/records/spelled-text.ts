/** Strings of the texts of a packed value, made from their bytes. Knows nothing of what is allowed. */

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Longer texts are worth a call of the platform. */
const limitLetters = 32
/** By byte, the letters of its high and its low half in hex. */
const highLetter = Uint8Array.from({ length: 256 }, (_, byte) => letterOf(byte >> 4))
const lowLetter = Uint8Array.from({ length: 256 }, (_, byte) => letterOf(byte & 15))
const dash = 0x2d
/** Written over by each text that is spelled. */
const uuidLetters: number[] = new Array<number>(36).fill(dash)
const hashLetters: number[] = new Array<number>(64).fill(0)

function letterOf(digit: number): number {
  return digit.toString(16).charCodeAt(0)
}

/** UUIDs spelled lately, by their hash: organisation, branch and device stand in every record. */
const uuidsKept = 256
const keptBytes = new Uint8Array(16 * uuidsKept)
const keptTexts: (string | undefined)[] = new Array<string | undefined>(uuidsKept).fill(undefined)

/** The UUID of 16 bytes, which have this hash; the same string again for one of those spelled lately. */
export function knownUuid(bytes: Uint8Array, at: number, hash: number): string {
  const place = hash & (uuidsKept - 1)
  const kept = keptTexts[place]
  if (kept !== undefined && isKept(place, bytes, at)) return kept
  const text = uuidText(bytes, at)
  keptTexts[place] = text
  for (let i = 0; i < 16; i++) keptBytes[16 * place + i] = bytes[at + i] ?? 0
  return text
}

function isKept(place: number, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < 16; i++) if (keptBytes[16 * place + i] !== bytes[at + i]) return false
  return true
}

function uuidText(bytes: Uint8Array, at: number): string {
  for (let i = 0, to = 0; i < 16; i++, to += 2) {
    if (i === 4 || i === 6 || i === 8 || i === 10) to += 1
    putHex(uuidLetters, to, bytes[at + i] ?? 0)
  }
  return String.fromCharCode.apply(null, uuidLetters)
}

/** 64 hex digits of 32 bytes. */
export function spelledHash(bytes: Uint8Array, at: number): string {
  for (let i = 0; i < 32; i++) putHex(hashLetters, 2 * i, bytes[at + i] ?? 0)
  return String.fromCharCode.apply(null, hashLetters)
}

function putHex(letters: number[], to: number, byte: number): void {
  letters[to] = highLetter[byte] ?? 0
  letters[to + 1] = lowLetter[byte] ?? 0
}

/** UTF-8 that is known to be well formed. */
export function spelledUtf8(bytes: Uint8Array, at: number, length: number): string {
  if (length > limitLetters) return utf8Decoder.decode(bytes.subarray(at, at + length))
  let text = ''
  for (let i = at; i < at + length; i++) {
    const byte = bytes[i] ?? 0
    if (byte >= 0x80) return utf8Decoder.decode(bytes.subarray(at, at + length))
    text += String.fromCharCode(byte)
  }
  return text
}
