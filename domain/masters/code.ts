/** 编码 (code): how codes that people give are compared. */

import { halfWidth } from '#domain/values/half-width.ts'

/** Codes are one when they differ only in case, width or spaces around: 'ab-1' and 'ＡＢ-1'. */
export function codeKey(code: string): string {
  return halfWidth(code).trim().toUpperCase()
}
