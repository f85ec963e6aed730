/**
 * The wire over Hocuspocus: ONE long-lived socket, a session-aware provider per open document. Knows
 * the provider's habits so that nobody else needs to; decides nothing about what is opened.
 */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { Doc } from 'yjs'
import type { Channel, PresenceState, Wire, WireEvents } from './ports.ts'

export interface WireOptions {
  /** ws(s)://host/sync */
  readonly url: string
  /** Where the platform has none of its own. */
  readonly WebSocket?: unknown
}

const backOff = { delay: 1_000, factor: 2, minDelay: 500, maxDelay: 30_000, jitter: true } as const
const limitPresenceText = 200
/** Close codes of the sync server that speak of the token: unauthorized, revoked. */
const tokenCodes: ReadonlySet<number> = new Set([4401, 4403])

export function hocuspocusWire(options: WireOptions): Wire {
  let events: WireEvents | undefined
  let socket: HocuspocusProviderWebsocket | undefined
  let isOnline = false
  const openProviders = new Set<HocuspocusProvider>()

  function connect(wireEvents: WireEvents): void {
    events = wireEvents
    socket ??= new HocuspocusProviderWebsocket({
      ...backOff,
      url: options.url,
      ...(options.WebSocket === undefined ? {} : { WebSocketPolyfill: options.WebSocket }),
      onOpen: () => later(goOnline),
      onMessage: () => events?.onHeard(),
      onDisconnect: ({ event }) => {
        if (tokenCodes.has(event.code)) events?.onTokenRefused()
        goOffline()
      },
    })
  }

  function goOnline(): void {
    if (isOnline || socket === undefined) return
    isOnline = true
    events?.onOnline()
  }

  /** Every provider ends with its socket: what it missed is carried by the next one's first sync. */
  function goOffline(): void {
    isOnline = false
    for (const provider of openProviders) end(provider)
    openProviders.clear()
    emptyQueue(socket)
    later(() => events?.onOffline())
  }

  function disconnect(): void {
    const closing = socket
    socket = undefined
    goOffline()
    closing?.destroy()
  }

  /** A provider that hears nothing more after it was closed. */
  function attach(name: string, doc: Doc, how: Partial<ProviderEvents>): HocuspocusProvider {
    if (socket === undefined) throw new Error('the wire is not connected')
    const isOpen = () => openProviders.has(provider)
    const provider: HocuspocusProvider = new HocuspocusProvider({
      websocketProvider: socket,
      name,
      document: doc,
      // Without it, opening a document again in the same tick fails.
      sessionAwareness: true,
      token: async () => (await events?.token()) ?? '',
      onSynced: ({ state }) => {
        if (state && isOpen()) later(() => isOpen() && how.onSynced?.())
      },
      onAuthenticationFailed: ({ reason }) => {
        if (isOpen()) later(() => isOpen() && how.onRefused?.(reason))
      },
      onClose: ({ event }) => {
        if (isOnline && isOpen()) later(() => isOpen() && how.onRefused?.(event.reason))
      },
      ...(how.hasPresence ? {} : { awareness: null }),
    })
    openProviders.add(provider)
    provider.attach()
    return provider
  }

  function close(provider: HocuspocusProvider): void {
    if (openProviders.delete(provider)) end(provider)
  }

  return {
    connect,
    disconnect,
    hurry() {
      if (!isOnline) void socket?.connect()
    },
    open(name, doc, channelEvents): Channel {
      const provider = attach(name, doc, channelEvents)
      return { close: () => close(provider) }
    },
    openPresence(name, onChange) {
      const provider = attach(name, new Doc(), { hasPresence: true })
      const own = provider.document.clientID
      const tell = () => later(() => onChange(presenceOf(provider, own)))
      provider.awareness?.on('change', tell)
      return {
        put: (state) => provider.awareness?.setLocalState(state === undefined ? {} : { ...state }),
        close: () => close(provider),
      }
    },
  }
}

interface ProviderEvents {
  onSynced(): void
  onRefused(reason: string): void
  readonly hasPresence: true
}

/** RULE of ports.ts: no callback from inside the call that caused it, and none that can break Yjs. */
function later(act: () => void): void {
  queueMicrotask(() => {
    try {
      act()
    } catch (error) {
      reportError(error)
    }
  })
}

function reportError(error: unknown): void {
  console.error('a listener of the wire failed', error)
}

function end(provider: HocuspocusProvider): void {
  try {
    provider.destroy()
  } catch (error) {
    reportError(error)
  }
}

/**
 * What was queued while the socket was down is carried by the first sync after it; replaying it too made
 * reconnecting 4 times slower, and a queued "close" makes the server wait for a login that never comes.
 */
function emptyQueue(socket: HocuspocusProviderWebsocket | undefined): void {
  if (socket !== undefined) socket['messageQueue'] = []
}

function presenceOf(provider: HocuspocusProvider, own: number): PresenceState[] {
  const states: PresenceState[] = []
  for (const [client, state] of provider.awareness?.getStates() ?? []) {
    if (client === own) continue
    const { name, docId, lineId, field } = state
    if (!isShortText(name) || !isShortText(docId)) continue
    states.push({
      name,
      docId,
      ...(isShortText(lineId) ? { lineId } : {}),
      ...(isShortText(field) ? { field } : {}),
    })
  }
  return states
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= limitPresenceText
}
