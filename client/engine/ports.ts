/**
 * Everything outside that the engine may touch: storage, time, chance, keys and the network. The core
 * reaches the world through these and nothing else, so the same engine runs in a worker, in Node and
 * in the simulator, where one thread decides what happens when.
 *
 * RULE for whoever writes a port: callbacks may come at any time, never from inside the call that
 * asked for them.
 */
import type { Doc } from 'yjs'
import type { PublicKeyJwk, Signer, Verifier } from '#domain/records/signature.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Result } from '#domain/values/result.ts'
import type { Store } from './store/store.ts'

export interface EnginePorts {
  readonly store: Store
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly keys: Keys
  readonly shelf: DeskShelf
  /** Absent in an engine that never leaves the device. */
  readonly network?: Network
  /** The build that stands in each record. */
  readonly build: string
}

export interface Clock {
  /** The device's own wall clock, right or wrong: ms since the epoch. */
  nowMs(): number
}

export interface Timers {
  /** Calls `act` once, not before `delayMs` have passed; the returned function calls it off. */
  after(delayMs: number, act: () => void): () => void
}

export interface Random {
  /** A UUIDv7: rises with time. */
  uuid(): string
  /** 32 random bits, for the client ids of Yjs documents and for jitter. */
  bits(): number
}

// ── keys ────────────────────────────────────────────────────────────────────────────────────────

export interface DeviceKey {
  /** A handle that the store can keep (structured clone); in a browser a non-extractable CryptoKey. */
  readonly handle: unknown
  readonly publicKey: PublicKeyJwk
}

/** Cryptography that is not a pure function of the domain. */
export interface Keys {
  createDeviceKey(): Promise<DeviceKey>
  signerOf(handle: unknown): Signer
  readonly verifier: Verifier
  /** SHA-256 of many bytes, by the platform: 32 bytes. Left out where speed is of no matter. */
  digest?(bytes: Uint8Array): Promise<Uint8Array>
  /** A slow hash of a PIN: hex. */
  stretch(pin: string, salt: string, iterations: number): Promise<string>
}

// ── drafts ──────────────────────────────────────────────────────────────────────────────────────

/** Where desks outlive the worker. Drafts are replaceable: this may lose its last second. */
export interface DeskShelf {
  /** Fills `doc` with what was kept and keeps what changes; resolves when it is filled. */
  bind(name: string, doc: Doc): Promise<void>
  /** Stops keeping; what was kept stays. */
  release(name: string): Promise<void>
  wipe(): Promise<void>
}

// ── network ─────────────────────────────────────────────────────────────────────────────────────

export interface Network {
  readonly api: Api
  readonly wire: Wire
}

/** What the server answered, or why there is no answer. Facts of the problem beside its code. */
export interface ApiProblem {
  readonly code: string
  readonly facts?: { readonly [name: string]: Json }
}

/** The server's JSON interface. Never rejects. */
export interface Api {
  /** `code: 'server-unreachable'` when nothing came back. */
  call(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: { readonly [name: string]: unknown },
    token?: string,
  ): Promise<Result<unknown, ApiProblem>>
  /** The bytes of a file, which has so many; all of them or none. Absent where no files are handed out. */
  file?(path: string, length: number, token: string): Promise<Result<Uint8Array, ApiProblem>>
}

/** One long-lived socket to the server, on which documents are opened and closed. */
export interface Wire {
  /** Starts dialling and keeps redialling with jitter until `disconnect`. */
  connect(events: WireEvents): void
  disconnect(): void
  /** Asks to dial now rather than after the back-off. */
  hurry(): void
  /**
   * Syncs `doc` both ways until closed. Updates from outside are applied with the channel's own origin.
   * Only while online; a lost socket closes all channels without telling each.
   */
  open(name: string, doc: Doc, events: ChannelEvents): Channel
  /** Opens the one presence document. `onChange` gives what the others show. */
  openPresence(name: string, onChange: (others: readonly PresenceState[]) => void): PresenceChannel
}

export interface WireEvents {
  onOnline(): void
  /** The socket is lost, or could not be had. */
  onOffline(): void
  /** The access token for each document that is opened. */
  token(): Promise<string>
  /** The server sent the socket away because of its token: it ended early, or was revoked. */
  onTokenRefused(): void
  /** Any message came: the server lives. */
  onHeard(): void
}

export interface ChannelEvents {
  /** The server has sent what it held when the document was opened. */
  onSynced(): void
  /** The server does not (or no longer) serve this document: no rights, bad bytes, or its own trouble. */
  onRefused(reason: string): void
}

export interface Channel {
  close(): void
}

export interface PresenceChannel {
  /** What the others see of this device; undefined withdraws it. */
  put(state: PresenceState | undefined): void
  close(): void
}

/** Shown beside a draft; the server stamps `name`. */
export interface PresenceState {
  readonly name: string
  readonly docId: string
  readonly lineId?: string
  readonly field?: string
}
