/** What a scanned or typed text may be besides itself: a GS1 element string holds a GTIN. */
import { isGtin } from '#domain/masters/barcode.ts'

/** Starts a GS1 symbol as scanners report it, before its application identifiers. */
const symbologyPattern = /^\](?:C1|d2|Q3|e0)/
const separator = '\u001d'
const limitText = 200

/** The barcodes to look up for a text, the text itself last. */
export function barcodesIn(text: string): readonly string[] {
  const plain = text.slice(0, limitText).trim()
  const gtin = gtinOf(plain.replace(symbologyPattern, ''))
  return gtin === undefined ? [plain] : [...packagesOf(gtin), plain]
}

/** (01) and 14 digits, alone or followed by other elements; brackets as printed under the code too. */
function gtinOf(text: string): string | undefined {
  const found = /^\(?01\)?(\d{14})/.exec(text.replaceAll(separator, ''))?.[1]
  return found !== undefined && isGtin(found) ? found : undefined
}

/** A GTIN-14 with indicator 0 is the EAN-13 (or EAN-8) of the piece. */
function packagesOf(gtin: string): readonly string[] {
  const shorter = [gtin.slice(1), gtin.slice(2), gtin.slice(6)].filter(
    (each, i) => /^0*$/.test(gtin.slice(0, [1, 2, 6][i])) && isGtin(each),
  )
  return [gtin, ...shorter]
}
