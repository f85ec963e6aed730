/**
 * Tells a data folder from a copy of it [S7]: by the numbers that the file system gave to its files and by
 * when they came to be. A backup that is put back is other files; only one that is written into the old
 * ones looks the same, and then the devices tell.
 */
import { type BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'

/** `number:birth` of each file; the birth is empty where the file system does not say it. */
export async function placeMark(files: readonly string[]): Promise<string> {
  const stats = await Promise.all(files.map((file) => stat(file, { bigint: true })))
  return stats.map((file) => `${file.ino}:${birthOf(file)}`).join(' ')
}

/** Numbers are used again soon after a file was removed, births are not. */
export function isOtherPlace(one: string, other: string): boolean {
  const others = other.split(' ')
  return one.split(' ').some((file, i) => {
    const [number, birth] = file.split(':')
    const [otherNumber, otherBirth] = (others[i] ?? '').split(':')
    return number !== otherNumber || (birth !== '' && otherBirth !== '' && birth !== otherBirth)
  })
}

/** Where it is not known, Node gives the last change in its place. */
function birthOf({ birthtimeNs, ctimeNs }: BigIntStats): string {
  return birthtimeNs === 0n || birthtimeNs === ctimeNs ? '' : String(birthtimeNs)
}
