/** The values of a desk's map: what one device says about one field, and when. */

import { checkJson, deepFreeze, type Json } from '#domain/values/canonical-text.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import { isId } from '#domain/values/ids.ts'
import { limitQuantity } from '#domain/values/limits.ts'
import { anyJson, fields, fieldsOf, integer, optional, type Shape } from '#domain/records/shape.ts'

/** What a device says under a key of its own. */
export interface DeskValue {
  /** When its device said so; rises with each act of the device. */
  readonly hlc: Hlc
  /** What is said; absent: the field is empty. Of a scan: all that the device has scanned so far. */
  readonly v?: Json
  /** Of a typed quantity: the scans, by device, that it already includes. */
  readonly base?: { readonly [device: string]: number }
  /** Of a removal: by device, the newest act on the line that the remover had seen. */
  readonly seen?: { readonly [device: string]: Hlc }
}

/** Devices that write on one line of one draft. */
export const limitLineDevices = 100
/** Bytes of one value as Yjs encodes it: a long note, or the clocks of many devices. */
export const limitDeskValueBytes = 16_384
/** Nesting of a value, itself included. */
export const limitDeskDepth = 6

const deskValueShape: Shape<DeskValue> = fields({
  hlc: integer<Hlc>(0, Number.MAX_SAFE_INTEGER),
  v: optional(anyJson),
  base: optional(fieldsOf(isId, integer(-limitQuantity, limitQuantity), limitLineDevices)),
  seen: optional(fieldsOf(isId, integer<Hlc>(0, Number.MAX_SAFE_INTEGER), limitLineDevices)),
})

/** Whether a canonical value has the form of a desk value and is no deeper than allowed. */
export function isDeskValue(value: Json): boolean {
  return deskValueShape.check(value) === undefined && depthOf(value) <= limitDeskDepth
}

/** Whether the guard of every replica will take `value`, whatever letters its texts are made of. */
export function isWritable(value: DeskValue): boolean {
  const json = value as unknown as Json
  if (checkJson(json) !== undefined || !isDeskValue(json)) return false
  // A letter of JSON is at most 3 bytes of UTF-8; a number is shorter in Yjs's encoding.
  return 3 * JSON.stringify(json).length <= limitDeskValueBytes
}

/** [DSK8] A frozen copy of what stands in the map; undefined for what no device of ours wrote. */
export function deskValueOf(raw: unknown): DeskValue | undefined {
  if (checkJson(raw) !== undefined || !isDeskValue(raw as Json)) return undefined
  return deepFreeze(copyOf(raw as Json)) as unknown as DeskValue
}

function depthOf(value: Json): number {
  if (typeof value !== 'object') return 0
  return 1 + Object.values(value).reduce<number>((most, inner) => Math.max(most, depthOf(inner)), 0)
}

function copyOf(value: Json): Json {
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(copyOf)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copyOf(inner)]))
}
