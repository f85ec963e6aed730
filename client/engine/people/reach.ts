/** The branches that a device follows: those it was given, and all there are when it was given all. */
import type { Fold } from '#domain/fold/fold.ts'
import type { KeptIdentity } from './identity.ts'

export function reachOf(
  { device, branches }: KeptIdentity,
  { directory, masters }: Pick<Fold, 'directory' | 'masters'>,
): readonly string[] {
  const own = branches.map(({ id }) => id)
  const reach = directory.device(device.id)?.branches ?? own
  if (!reach.includes('all')) return own
  return [...new Set([...own, ...[...masters.list('branch')].map(({ id }) => id)])]
}
