/**
 * Epochs: each life of the data folder after a restore is one [S7]. In a new one the server writes
 * journals of new names, so that it never writes a second history into those of the life before, and
 * devices can hand those in as they were.
 */
import { isOtherPlace } from '../storage/place-mark.ts'
import type { RegistryRow } from '../storage/store.ts'
import { Directory, type DirectoryRow, type Organization, registryRow } from './directory.ts'

/** How the data folder says where it lies, and whether a person said that it was restored. */
export interface Place {
  /** Changes when the files are copied: of another place, they are a copy of an older state. */
  readonly mark: string
  /** Somebody started the server with `--restored`. */
  readonly isRestored: boolean
}

/**
 * The rows to keep before anything is served: the place, and the next epoch where the files were
 * restored. A folder that was moved begins one too, which costs a few journals and harms nothing.
 */
export function rowsAtStart(
  rows: readonly RegistryRow[],
  { mark, isRestored }: Place,
  nowMs: number,
): readonly RegistryRow[] {
  const text = rows.find(({ kind }) => kind === 'place')?.value
  const before = text === undefined ? undefined : String(JSON.parse(text))
  const { organization } = new Directory(rows.filter(({ kind }) => kind === 'organization'))
  const placed = { kind: 'place', id: 'place', value: JSON.stringify(mark) }
  const isCopy = before !== undefined && isOtherPlace(before, mark)
  if (organization === undefined || !(isCopy || isRestored)) return before === mark ? [] : [placed]
  const value = organizationIn(organization, organization.epoch + 1, nowMs)
  return [placed, registryRow({ kind: 'organization', value })]
}

/**
 * A record of the server's own that it does not know, from the epoch that it is in: it went back
 * without noticing. From here on it writes in an epoch after that one.
 */
export function rowAfterLostEpoch(
  { organization }: Directory,
  serverDevice: string,
  nowMs: number,
): readonly DirectoryRow[] {
  const lost = epochOf(serverDevice)
  if (organization === undefined || lost < organization.epoch) return []
  return [{ kind: 'organization', value: organizationIn(organization, lost + 1, nowMs) }]
}

/** The name under which the server writes in an epoch. */
export function serverDeviceOf(epoch: number): string {
  return `server-${epoch}`
}

/** How long after a restore devices hand in what came from devices that are revoked by now. */
const collectingMs = 30 * 24 * 3_600_000

/** Whether the server is still gathering what a restore has lost. */
export function isCollecting({ organization }: Directory, nowMs: number): boolean {
  const beganAt = organization?.epochBeganAt
  return beganAt !== undefined && nowMs - beganAt < collectingMs
}

function organizationIn(
  organization: Organization,
  epoch: number,
  epochBeganAt: number,
): Organization {
  return { ...organization, epoch, epochBeganAt }
}

function epochOf(serverDevice: string): number {
  return Number(serverDevice.slice(serverDeviceOf(0).length - 1))
}
