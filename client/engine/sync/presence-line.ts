/**
 * Who is at work where in the branch: the one presence document of the device. It is open whenever the
 * socket is, because without any awareness message the provider takes the socket for dead.
 */
import { documentNameText } from '#domain/replica/document-name.ts'
import { sha256Bytes } from '#domain/values/digest.ts'
import type { Presence } from '../face/face.ts'
import type { PresenceChannel, PresenceState, Wire } from '../ports.ts'

export interface PresenceLine {
  /** Opens the branch's presence; another branch's is closed. */
  connect(wire: Wire): void
  disconnect(): void
  /** Where this person stands; undefined when nowhere. */
  point(state: PresenceState | undefined): void
  othersIn(docId: string): readonly Presence[]
}

export interface PresenceOptions {
  readonly org: string
  branchId(): string | undefined
  /** Somebody came to, left or moved in these drafts. */
  onChanged(docIds: readonly string[]): void
}

export function makePresenceLine(options: PresenceOptions): PresenceLine {
  let open: { readonly branchId: string; readonly channel: PresenceChannel } | undefined
  let own: PresenceState | undefined
  let others: readonly PresenceState[] = []

  function disconnect(): void {
    open?.channel.close()
    open = undefined
    show([])
  }

  function show(states: readonly PresenceState[]): void {
    const touched = new Set([...others, ...states].map((state) => state.docId))
    others = states
    if (touched.size > 0) options.onChanged([...touched])
  }

  return {
    connect(wire) {
      const branchId = options.branchId()
      if (branchId === open?.branchId) return
      disconnect()
      if (branchId === undefined) return
      const name = documentNameText({ kind: 'presence', org: options.org, branch: branchId })
      open = { branchId, channel: wire.openPresence(name, show) }
      open.channel.put(own)
    },
    disconnect,
    point(state) {
      own = state
      open?.channel.put(state)
    },
    othersIn: (docId) =>
      others
        .filter((state) => state.docId === docId)
        .map(({ name, lineId, field }) => ({
          name,
          color: colorOf(name),
          ...(lineId === undefined ? {} : { lineId }),
          ...(field === undefined ? {} : { field }),
        })),
  }
}

/** The same colour for a person on every screen; light enough for dark text and dark enough for light. */
function colorOf(name: string): string {
  const [first = 0, second = 0] = sha256Bytes(name)
  return `hsl(${((first * 256 + second) % 36) * 10} 65% 50%)`
}
