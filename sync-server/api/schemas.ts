/** The bodies that the API takes. */
import * as v from 'valibot'
import { audiences } from '#domain/records/audience.ts'
import { isBase64, isBase64UrlOf32 } from '#domain/records/base64.ts'
import { costMethods } from '#domain/ledgers/stock/policy.ts'
import { isBranch } from '#domain/records/journal-name.ts'
import { roles } from '#domain/records/kinds.ts'
import { isMonth } from '#domain/values/business-date.ts'
import { isUuid } from '#domain/values/ids.ts'
import { limitInstantMs, limitNote, limitText } from '#domain/values/limits.ts'
import { deviceKinds } from '../identity/directory.ts'

const name = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(limitText))
const login = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.nonEmpty(), v.maxLength(64))
/**
 * Long enough to withstand guessing, short enough to hash; what it is made of is the person's
 * choice.
 */
const newPassword = v.pipe(v.string(), v.minLength(8), v.maxLength(256))
const password = v.pipe(v.string(), v.maxLength(256))
const id = v.pipe(v.string(), v.check(isUuid))
const branch = v.pipe(v.string(), v.check(isBranch))
const coordinate = v.pipe(v.string(), v.check(isBase64UrlOf32))
/** 64 bytes in base64url. */
const signature = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/))
const timestampMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(limitInstantMs))
const grants = v.pipe(
  v.array(v.object({ branch, role: v.picklist(roles) })),
  v.minLength(1),
  v.maxLength(500),
)

export const setUpBody = v.object({
  company: v.object({ name, taxpayer: v.picklist(['general', 'small']) }),
  owner: v.object({ login, name, password: newPassword }),
  branch: v.object({ name, code: v.optional(v.pipe(v.string(), v.regex(/^\d{3}$/))) }),
})

export const enrolBody = v.object({
  login,
  password,
  deviceName: name,
  kind: v.picklist(deviceKinds),
  publicKey: v.object({
    kty: v.literal('EC'),
    crv: v.literal('P-256'),
    x: coordinate,
    y: coordinate,
  }),
  branches: v.optional(v.pipe(v.array(branch), v.minLength(1), v.maxLength(500))),
  audiences: v.optional(v.pipe(v.array(v.picklist(audiences)), v.minLength(1), v.maxLength(4))),
  forkOf: v.optional(id),
})

export const sessionBody = v.object({
  login,
  password,
  device: id,
  proof: v.object({ timestampMs, signature }),
})

export const renewBody = v.object({ device: id, timestampMs, signature })

export const revokeBody = v.object({ reason: v.pipe(v.string(), v.maxLength(limitNote)) })

export const newUserBody = v.object({ login, name, password: newPassword, roles: grants })

export const grantBody = v.object({ roles: grants })

export const passwordBody = v.object({ password: newPassword })

const month = v.pipe(v.string(), v.check(isMonth))
const reason = v.pipe(v.string(), v.trim(), v.maxLength(limitNote))

export const closingQuery = v.object({ month: v.optional(month) })

export const closeBody = v.object({
  month,
  accepted: v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(40)),
  reason: v.optional(reason),
})

export const methodBody = v.object({ month, method: v.picklist(costMethods) })

export const reopenBody = v.object({ seal: id, reason: v.pipe(reason, v.nonEmpty()) })

const limitJournalName = 200

export const handInBody = v.object({
  journal: v.pipe(v.string(), v.maxLength(limitJournalName)),
  update: v.pipe(v.string(), v.check(isBase64)),
})

const deviceProof = { device: id, timestampMs, signature }

export const quarantineBody = v.object({ ...deviceProof, ...handInBody.entries })

export const quarantineStateBody = v.object(deviceProof)

const place = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const quarantineRecordsQuery = v.object({
  journal: v.pipe(v.string(), v.maxLength(limitJournalName)),
  from: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)),
})

export const adoptBody = v.object({ before: v.optional(place) })

export const declineBody = v.object({ reason: v.pipe(reason, v.nonEmpty()) })

export const idParams = v.object({ id })
export const fileParams = v.object({ id: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })
