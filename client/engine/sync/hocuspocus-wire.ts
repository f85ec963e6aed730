/**
 * The wire over Hocuspocus: ONE long-lived socket, a session-aware provider per open document. Knows
 * the provider's habits so that nobody else needs to; decides nothing about what is opened.
 */
import {
  HocuspocusProvider,
  HocuspocusProviderWebsocket,
  WebSocketStatus,
} from '@hocuspocus/provider'
import { Doc } from 'yjs'
import type {
  Channel,
  ChannelEvents,
  PresenceChannel,
  PresenceState,
  Wire,
  WireEvents,
} from '../ports.ts'

export interface WireOptions {
  /** ws(s)://host/sync */
  readonly url: string
  /** Where the platform has none of its own. */
  readonly WebSocket?: unknown
  /** How long a line may say nothing before it is given up; 30 s unless a test is in a hurry. */
  readonly silentMs?: number
}

const backOff = { delay: 1_000, factor: 2, minDelay: 500, maxDelay: 30_000, jitter: true } as const
const limitPresenceText = 200
/** Close codes of the sync server that speak of the token: unauthorized, revoked. */
const tokenCodes: ReadonlySet<number> = new Set([4401, 4403])
/** Said with the first of them to a line so slow that no token came in time. */
const lateReason = 'not-authenticated'
/** Presence is said and echoed every 15 s, so a line that lives is never silent for so long. */
const silentMs = 30_000
const gone = { code: 4408, reason: 'silent' } as const

export function hocuspocusWire(options: WireOptions): Wire {
  return new SocketWire(options)
}

class SocketWire implements Wire {
  readonly #options: WireOptions
  readonly #open = new Set<HocuspocusProvider>()
  #events: WireEvents | undefined
  #socket: HocuspocusProviderWebsocket | undefined
  #isOnline = false
  /** When the line last went a step further: dialled, opened, said something. */
  #stirredAt = 0
  #watch: ReturnType<typeof setInterval> | undefined

  constructor(options: WireOptions) {
    this.#options = options
  }

  connect(events: WireEvents): void {
    const { url, WebSocket } = this.#options
    this.#events = events
    this.#watchForSilence()
    this.#socket ??= new HocuspocusProviderWebsocket({
      ...{ ...backOff, url },
      ...(WebSocket === undefined ? {} : { WebSocketPolyfill: WebSocket }),
      onStatus: () => this.#stir(),
      onOpen: () => later(() => this.#goOnline()),
      onMessage: () => {
        this.#stir()
        this.#events?.onHeard()
      },
      onDisconnect: ({ event }) => {
        const isAboutToken = tokenCodes.has(event.code) && event.reason !== lateReason
        if (isAboutToken) this.#events?.onTokenRefused()
        this.#goOffline()
      },
    })
  }

  #stir(): void {
    this.#stirredAt = performance.now()
  }

  /**
   * The provider's own watch begins with the first message and leaves the end of a dead line to the
   * platform, which may take minutes; a line that never opens, or never speaks, it does not see at all.
   */
  #watchForSilence(): void {
    const { silentMs: limitMs = silentMs } = this.#options
    clearInterval(this.#watch)
    this.#stir()
    this.#watch = setInterval(() => {
      const socket = this.#socket
      const isDown = socket === undefined || socket.status === WebSocketStatus.Disconnected
      if (isDown || performance.now() - this.#stirredAt < limitMs) return
      this.#stir()
      // Without waiting for the other side's goodbye.
      socket.onClose({ event: gone as CloseEvent })
    }, limitMs / 10)
  }

  #goOnline(): void {
    if (this.#isOnline || this.#socket === undefined) return
    this.#isOnline = true
    this.#events?.onOnline()
  }

  /** Every provider ends with its socket: what it missed is carried by the next one's first sync. */
  #goOffline(): void {
    this.#isOnline = false
    for (const provider of this.#open) end(provider)
    this.#open.clear()
    emptyQueue(this.#socket)
    later(() => this.#events?.onOffline())
  }

  disconnect(): void {
    clearInterval(this.#watch)
    const closing = this.#socket
    this.#socket = undefined
    this.#goOffline()
    closing?.destroy()
  }

  hurry(): void {
    if (!this.#isOnline) void this.#socket?.connect()
  }

  open(name: string, doc: Doc, events: ChannelEvents): Channel {
    const provider = this.#attach(name, doc, events)
    return { close: () => this.#close(provider) }
  }

  openPresence(
    name: string,
    onChange: (others: readonly PresenceState[]) => void,
  ): PresenceChannel {
    const provider = this.#attach(name, new Doc(), undefined)
    const own = provider.document.clientID
    provider.awareness?.on('change', () => later(() => onChange(presenceOf(provider, own))))
    return {
      put: (state) => provider.awareness?.setLocalState(state === undefined ? {} : { ...state }),
      close: () => this.#close(provider),
    }
  }

  /** A provider that tells nothing more after it was closed; without events it carries presence. */
  #attach(name: string, doc: Doc, events: ChannelEvents | undefined): HocuspocusProvider {
    if (this.#socket === undefined) throw new Error('the wire is not connected')
    const tell = (act: () => void) => later(() => this.#open.has(provider) && act())
    const provider: HocuspocusProvider = new HocuspocusProvider({
      websocketProvider: this.#socket,
      ...{ name, document: doc, ...(events === undefined ? {} : { awareness: null }) },
      // Without it, opening a document again in the same tick fails.
      sessionAwareness: true,
      token: async () => (await this.#events?.token()) ?? '',
      onSynced: ({ state }) => {
        if (state) tell(() => events?.onSynced())
      },
      onAuthenticationFailed: ({ reason }) => tell(() => events?.onRefused(reason)),
      onClose: ({ event }) => {
        if (this.#isOnline) tell(() => events?.onRefused(event.reason))
      },
    })
    this.#open.add(provider)
    provider.attach()
    return provider
  }

  #close(provider: HocuspocusProvider): void {
    if (this.#open.delete(provider)) end(provider)
  }
}

/** RULE of ports.ts: no callback from inside the call that caused it, and none that can break Yjs. */
function later(act: () => unknown): void {
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
