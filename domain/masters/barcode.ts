/**
 * 条码 (barcode): check digits of the GS1 family, and one form under which a code is looked up,
 * however a scanner or a file wrote it.
 */

import { assert } from '#domain/values/assert.ts'
import { halfWidth } from '#domain/values/half-width.ts'

const gtinLengths: ReadonlySet<number> = new Set([8, 12, 13, 14])

/**
 * The check digit after `digits` (all but the last of an EAN-13, EAN-8, UPC-A, GTIN-14 or SSCC):
 * weights 3, 1, 3 … from the right [BAR1].
 */
export function gtinCheckDigit(digits: string): string {
  assert(/^\d{7,17}$/.test(digits), 'a check digit follows 7 to 17 digits')
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const isOddFromRight = (digits.length - i) % 2 === 1
    sum += (digits.charCodeAt(i) - 48) * (isOddFromRight ? 3 : 1)
  }
  return String((10 - (sum % 10)) % 10)
}

/** An EAN-8, UPC-A, EAN-13 or GTIN-14 with a right check digit. */
export function isGtin(text: string): boolean {
  if (!gtinLengths.has(text.length) || !/^\d+$/.test(text)) return false
  return gtinCheckDigit(text.slice(0, -1)) === text.slice(-1)
}

/**
 * The form under which a barcode is compared: half-width, without spaces around, and a UPC-A as the
 * EAN-13 that other scanners make of it [BAR2]. Letters keep their case: Code 128 tells them apart.
 */
export function barcodeKey(text: string): string {
  const plain = halfWidth(text).trim()
  return plain.length === 12 && isGtin(plain) ? `0${plain}` : plain
}
