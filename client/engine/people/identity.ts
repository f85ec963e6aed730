/**
 * Who this device is and who works on it, as kept in the store. Made once by an enrolment, online; the key
 * in it never leaves the device. Knows no network.
 */
import * as v from 'valibot'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { type Role, roles } from '#domain/records/kinds.ts'
import { audiencesOfRoles } from '#domain/records/role-audiences.ts'
import type { PublicKeyJwk } from '#domain/records/signature.ts'
import type { KeptPin } from './pin.ts'

export interface Grant {
  /** A branch id, or 'all'. */
  readonly branch: string
  readonly role: Role
}

export interface KeptIdentity {
  readonly organizationId: string
  readonly device: { readonly id: string; readonly code: string; readonly name: string }
  /** Handle of the non-extractable private key. */
  readonly key: unknown
  readonly serverKey: PublicKeyJwk
  /** Branches that the device may hold; names and later ones come with the masters. */
  readonly branches: readonly { readonly id: string; readonly code: string }[]
  readonly audiences: readonly Audience[]
}

/** Somebody who was online on this device before. */
export interface KeptPerson {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly grants: readonly Grant[]
  /** Last time the server knew the password, server-corrected. */
  readonly signedInAtMs: number
  readonly pin?: KeptPin
}

export interface KeptSession {
  readonly people: readonly KeptPerson[]
  /** Who works now; nobody after a sign-out. */
  readonly currentId?: string
  readonly branchId?: string
  readonly isLocked: boolean
  /** Device time of the last act of a person. */
  readonly activeAtMs: number
}

export const noSession: KeptSession = { people: [], isLocked: false, activeAtMs: 0 }

/** The roles that grants give in one branch. */
export function rolesIn(grants: readonly Grant[], branch: string): readonly Role[] {
  const held = grants.filter((grant) => grant.branch === branch || grant.branch === 'all')
  return roles.filter((role) => held.some((grant) => grant.role === role))
}

/** What people of these roles may read, as far as their device may hold it. */
export function readableBy(
  held: readonly Role[],
  deviceAudiences: readonly Audience[],
): readonly Audience[] {
  const readable = audiencesOfRoles(held)
  return deviceAudiences.filter((audience) => readable.includes(audience))
}

// ── answers of the server ───────────────────────────────────────────────────────────────────────

const grantShape = v.object({ branch: v.string(), role: v.picklist(roles) })

const keyShape = v.object({
  crv: v.literal('P-256'),
  kty: v.literal('EC'),
  x: v.string(),
  y: v.string(),
})

export const signedInShape = v.object({
  user: v.object({ id: v.string(), name: v.string(), roles: v.array(grantShape) }),
  accessToken: v.string(),
  expiresAt: v.number(),
  serverTimeMs: v.number(),
})

export const enrolledShape = v.object({
  ...signedInShape.entries,
  organizationId: v.string(),
  device: v.string(),
  deviceCode: v.string(),
  branches: v.array(v.object({ id: v.string(), code: v.string() })),
  audiences: v.array(v.picklist(audiences)),
  serverKey: keyShape,
})

export const renewedShape = v.object({
  accessToken: v.string(),
  expiresAt: v.number(),
  serverTimeMs: v.number(),
})

export const serverStateShape = v.object({
  isSetUp: v.boolean(),
  companyName: v.optional(v.string()),
  demonstration: v.optional(
    v.array(v.object({ login: v.string(), role: v.string(), password: v.string() })),
  ),
})

export type SignedIn = v.InferOutput<typeof signedInShape>
export type ServerState = v.InferOutput<typeof serverStateShape>
export type Enrolled = v.InferOutput<typeof enrolledShape>
