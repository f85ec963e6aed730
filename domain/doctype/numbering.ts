/** 单据编号 (document number): readable, unique without asking anybody, gaps explained elsewhere. */

import { assert } from '#domain/values/assert.ts'
import type { BusinessDate } from '#domain/values/business-date.ts'

/**
 * XSCK261122-002-A7-0007: type, date, branch, device, and the device's own count of this type, which
 * never resets, so that two devices, or two days of one, never give the same number [NUM1] [NUM2].
 */
export function formatNumber(of: {
  readonly prefix: string
  readonly date: BusinessDate
  readonly branchCode: string
  readonly deviceCode: string
  /** 1 or more. */
  readonly counter: number
}): string {
  assert(Number.isSafeInteger(of.counter) && of.counter >= 1, 'counters start at 1')
  const day = of.date.slice(2).replaceAll('-', '')
  const counter = String(of.counter).padStart(4, '0')
  return `${of.prefix}${day}-${of.branchCode}-${of.deviceCode}-${counter}`
}
