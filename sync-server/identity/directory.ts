/**
 * Who there is: organisation, branches, users, devices, sessions, in memory, as the store has them.
 * Answers at once, on every message. Rows change only through `Registrar`, after they are durable.
 */
import type { Audience } from '#domain/records/audience.ts'
import type { Role } from '#domain/records/kinds.ts'
import type { PublicKeyJwk } from '#domain/records/signature.ts'
import type { RegistryRow } from '../storage/store.ts'

/** 账套 (organisation). Times are ms of the server's clock everywhere here. */
export interface Organization {
  readonly id: string
  readonly name: string
  /** Each restore of the server begins a new one. */
  readonly epoch: number
  /** When it began; absent in the first. */
  readonly epochBeganAt?: number
  /** Made for looking around: its logins are no secrets. */
  readonly isDemonstration?: true
}

export interface Branch {
  readonly id: string
  /** Three digits. */
  readonly code: string
  readonly name: string
}

/** A role in a branch, or in `all` branches. */
export interface Grant {
  readonly branch: string
  readonly role: Role
}

export interface User {
  readonly id: string
  readonly login: string
  readonly name: string
  /** As `hashPassword` writes it. */
  readonly password: string
  readonly roles: readonly Grant[]
  readonly isRevoked: boolean
}

export const deviceKinds = ['tablet', 'till', 'pc', 'phone'] as const

export interface Device {
  readonly id: string
  /** Two letters of base 32, never used twice in a branch. */
  readonly code: string
  readonly name: string
  readonly kind: (typeof deviceKinds)[number]
  /** Branch ids, or `all`. */
  readonly branches: readonly string[]
  readonly audiences: readonly Audience[]
  readonly publicKey: PublicKeyJwk
  /** The device whose clone this machine was before it was enrolled anew [S5]. */
  readonly forkOf?: string
  /**
   * A forked device showed two histories; its own chain is still taken where it continues the
   * durable one.
   */
  readonly status: 'active' | 'forked' | 'revoked'
  readonly enrolledAt: number
  readonly enrolledBy: string
  readonly lastSeenAt: number
  readonly lastRefusal?: Refusal
  /** When it was revoked; absent where that was before a build that noted it. */
  readonly revokedAt?: number
}

export interface Refusal {
  readonly at: number
  readonly reason: string
  readonly document: string
}

export interface Session {
  readonly id: string
  /** SHA-256 of the secret in the refresh cookie, hex. */
  readonly secretHash: string
  readonly user: string
  readonly device: string
  readonly expiresAt: number
  /** Time that the last renewal was signed for; the next one must be signed for a later one. */
  readonly renewedAt: number
}

export type DirectoryRow =
  | { readonly kind: 'organization'; readonly value: Organization }
  | { readonly kind: 'branch'; readonly value: Branch }
  | { readonly kind: 'user'; readonly value: User }
  | { readonly kind: 'device'; readonly value: Device }
  | { readonly kind: 'session'; readonly value: Session }

export class Directory {
  organization: Organization | undefined
  readonly branches = new Map<string, Branch>()
  readonly users = new Map<string, User>()
  readonly devices = new Map<string, Device>()
  readonly sessions = new Map<string, Session>()

  constructor(rows: readonly RegistryRow[]) {
    for (const { kind, value } of rows) {
      if (value !== undefined) this.put({ kind, value: JSON.parse(value) } as DirectoryRow)
    }
  }

  put(row: DirectoryRow): void {
    switch (row.kind) {
      case 'organization':
        this.organization = row.value
        break
      case 'branch':
        this.branches.set(row.value.id, row.value)
        break
      case 'user':
        this.users.set(row.value.id, row.value)
        break
      case 'device':
        this.devices.set(row.value.id, row.value)
        break
      case 'session':
        this.sessions.set(row.value.id, row.value)
        break
    }
  }

  userByLogin(login: string): User | undefined {
    return [...this.users.values()].find((user) => user.login === login)
  }

  /** A session that still holds: not ended, not expired, user and device not revoked. */
  validSession(id: string, nowMs: number): Session | undefined {
    const session = this.sessions.get(id)
    if (session === undefined || session.expiresAt <= nowMs) return undefined
    const isHeld =
      this.users.get(session.user)?.isRevoked === false &&
      this.activeDevice(session.device) !== undefined
    return isHeld ? session : undefined
  }

  /** A device that may read and write; undefined when unknown or revoked. */
  activeDevice(id: string): Device | undefined {
    const device = this.devices.get(id)
    return device?.status === 'revoked' ? undefined : device
  }

  /** The branches that a list of branch ids stands for. */
  branchesOf(ids: readonly string[]): readonly Branch[] {
    const all = [...this.branches.values()].sort((one, other) => (one.code < other.code ? -1 : 1))
    return ids.includes('all') ? all : all.filter(({ id }) => ids.includes(id))
  }
}

/** A row as the store keeps it. */
export function registryRow(row: DirectoryRow): RegistryRow {
  const id = row.kind === 'organization' ? 'organization' : row.value.id
  return { kind: row.kind, id, value: JSON.stringify(row.value) }
}
