/**
 * Identities of everything, each a type of its own. Made on devices as UUIDv7; here they are only
 * told apart and checked for letters that are safe inside document names and desk keys.
 */

import { assert } from './assert.ts'
import type { Brand } from './brand.ts'

export type OrganizationId = Brand<string, 'OrganizationId'>
export type BranchId = Brand<string, 'BranchId'>
export type WarehouseId = Brand<string, 'WarehouseId'>
export type BinId = Brand<string, 'BinId'>
export type CategoryId = Brand<string, 'CategoryId'>
export type ProductId = Brand<string, 'ProductId'>
export type SkuId = Brand<string, 'SkuId'>
export type SupplierId = Brand<string, 'SupplierId'>
export type ReasonId = Brand<string, 'ReasonId'>
export type CustomerId = Brand<string, 'CustomerId'>
export type UserId = Brand<string, 'UserId'>
export type DeviceId = Brand<string, 'DeviceId'>
export type DocumentId = Brand<string, 'DocumentId'>
export type LineId = Brand<string, 'LineId'>
export type PostingId = Brand<string, 'PostingId'>
export type RecordId = Brand<string, 'RecordId'>
export type CommandId = Brand<string, 'CommandId'>

export type AnyId =
  | OrganizationId
  | BranchId
  | WarehouseId
  | BinId
  | CategoryId
  | ProductId
  | SkuId
  | SupplierId
  | ReasonId
  | CustomerId
  | UserId
  | DeviceId
  | DocumentId
  | LineId
  | PostingId
  | RecordId
  | CommandId

/** 1–64 of a–z, 0–9 and '-', not starting with '-': UUIDs, 'server-3', names in scenarios. */
const limitIdLetters = 64
/** By code unit: 1 for what may begin an id, 2 for what may only follow. */
const idLetters = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code)
  return /[0-9a-z]/.test(letter) ? 1 : Number(letter === '-') * 2
})
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isId(text: string): boolean {
  if (text.length > limitIdLetters || idLetters[text.charCodeAt(0)] !== 1) return false
  for (let i = 1; i < text.length; i++) {
    // Beyond the table there is nothing.
    if (!((idLetters[text.charCodeAt(i)] ?? 0) > 0)) return false
  }
  return true
}

/** A UUID of any version in lower-case canonical form. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text)
}

/** `asId<SkuId>(text)`: the only place where a text becomes an identity. */
export function asId<Id extends AnyId>(text: string): Id {
  assert(isId(text), `not an id: ${text}`)
  return text as Id
}
