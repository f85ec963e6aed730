/**
 * 封账 (seal) of a branch and 反结账 (reopening) of its last one, as the server says them: what was durable
 * when a month was closed, and the folded state that follows from it. What a seal does is the fold's matter.
 */

import { isMonth, type Month } from '#domain/values/business-date.ts'
import type { RecordId } from '#domain/values/ids.ts'
import { isUuid } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { limitInstantMs, limitNote } from '#domain/values/limits.ts'
import { audiences } from './audience.ts'
import { isDevice } from './journal-name.ts'
import { isHashText } from './packed-form.ts'
import {
  fields,
  hashText,
  idText,
  integer,
  list,
  oneOf,
  optional,
  type Shape,
  type ShapeValue,
  shortText,
  text,
} from './shape.ts'

/** Branches that one file covers. */
export const limitFileBranches = 1_000

/** Chains that one seal names: devices of a branch that ever wrote, once per audience. */
export const limitSealedChains = 3_000

const aHash = hashText(isHashText)

const head: Shape<SealedHead> = fields({
  device: idText<string>(isDevice),
  audience: oneOf(audiences),
  seq: integer(0, Number.MAX_SAFE_INTEGER),
  hash: aHash,
})

/** [F8] 'sealed.v1', in the goods journal of the server in the branch. */
export const sealed = fields({
  month: text<Month>(isMonth),
  /** The first moment that is not closed. */
  until: integer<Instant>(1, limitInstantMs - 1),
  /** The last record of each chain of the branch that the seal covers, with all before it. */
  heads: list(head, limitSealedChains),
  /** [F12] State of each layer of the branch at these heads. */
  states: list(fields({ layer: oneOf(audiences), hash: aHash }), audiences.length),
  /** [F10] Number of the rules that these states follow from. */
  rules: integer(1, 1_000_000),
  /** [F9] Files of the folded state, each for devices that may read these audiences. */
  checkpoints: list(
    fields({
      /** Of all these branches, where it is of more than the one that is closed. */
      branches: optional(list(shortText(40), limitFileBranches)),
      audiences: list(oneOf(audiences), audiences.length),
      hash: aHash,
      bytes: integer(1, Number.MAX_SAFE_INTEGER),
    }),
    16,
  ),
  /** Closed by the server by itself, whatever the state (policy 34). */
  isAutomatic: optional(integer<1>(1, 1)),
  /** Codes of what was not in order and was closed over. */
  overridden: optional(list(shortText(40), 40)),
  reason: optional(shortText(limitNote)),
})

/** 'reopened.v1': takes the last seal back. */
export const reopened = fields({
  /** The record of the seal. */
  seal: idText<RecordId>(isUuid),
  reason: shortText(limitNote),
})

/** How far one chain (device and audience in the branch) is covered. */
export interface SealedHead {
  readonly device: string
  readonly audience: (typeof audiences)[number]
  readonly seq: number
  readonly hash: string
}

export type SealedBody = ShapeValue<typeof sealed>
