/** Which of two records of one kind came first in the order that all devices agree on. */
import { compareTexts } from '#domain/ledgers/stock/order.ts'
import type { Names } from './names.ts'

/** What a table of records says about when and by whom each was written. */
export interface Stamps {
  readonly hlc: ArrayLike<number>
  readonly device: ArrayLike<number>
  readonly record: ArrayLike<number>
  readonly hash: ArrayLike<number>
}

/** [F2] By (hlc, device), and by id and hash where a broken device repeats its clock. */
export function compareStamps(names: Names, stamps: Stamps, a: number, b: number): number {
  const { hlc, device, record, hash } = stamps
  return (
    (hlc[a] as number) - (hlc[b] as number) ||
    compareTexts(
      names.devices.text(device[a] as number),
      names.devices.text(device[b] as number),
    ) ||
    compareTexts(names.texts.read(record[a] as number), names.texts.read(record[b] as number)) ||
    (hash[a] as number) - (hash[b] as number)
  )
}
