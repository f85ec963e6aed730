/**
 * The operator of the server as a liar: sits between a device's engine and the real server, reads and changes
 * documents and answers both ways, and holds the server's own signing key. What it tells is decided by `lies`,
 * which a test exchanges at any time; without lies the line is honest.
 */
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import type { JournalEntry } from '#domain/replica/journal.ts'
import { base64Text } from '#domain/records/base64.ts'
import {
  createHeadsDoc,
  type Head,
  headDigest,
  putHeads,
  readHeads,
} from '#domain/replica/heads.ts'
import { fail } from '#domain/values/result.ts'
import { fetchApi } from '#client/engine/people/fetch-api.ts'
import { hocuspocusWire } from '#client/engine/sync/hocuspocus-wire.ts'
import { type Headless, type HeadlessOptions, openHeadless } from '#client/engine/start/headless.ts'
import type { Api, Channel, ChannelEvents, Wire } from '#client/engine/ports.ts'
import { openServerKeys } from '#server/identity/keys.ts'
import { owner, type TestServer } from '#server/testing/test-server.ts'
import { act } from '#tests/builders/act.ts'
import { layCable, world } from '../road/shop.ts'

export interface Lies {
  /** Instead of the heads of a branch; what the answer leaves out is not told. */
  readonly heads?: (told: readonly Head[], sign: Sign) => readonly Head[] | Promise<readonly Head[]>
  /** Instead of an update of a document that is no heads document; undefined keeps it back. */
  readonly down?: (name: string, update: Uint8Array, fresh: Fresh) => Uint8Array | undefined
  /** Whether what the device sends reaches the server. */
  readonly isDelivered?: (name: string) => boolean
  /** Around the JSON interface. */
  readonly api?: (honest: Api['call']) => Api['call']
  /** Around the files that the server hands out. */
  readonly file?: (honest: FileCall) => FileCall
}

export type FileCall = NonNullable<Api['file']>

/** What the server has of a journal and the device does not, in order. */
export type Fresh = () => readonly JournalEntry[]

/** Signs as the server does. */
export type Sign = (head: Omit<Head, 'signature'>) => Promise<Head>

export interface LyingLine {
  lies: Lies
  readonly sign: Sign
  /** Says the heads once more, as the lies are now. */
  tell(): Promise<void>
  /** The line tears and is dialled again. */
  cut(): void
  /** A device at the far end of the line. */
  open(how?: HeadlessOptions, cookies?: CookieFetch): Promise<Lied>
  enrol(device: Headless, deviceName?: string): Promise<void>
  /** Opens a device and enrols it. */
  enrolled(deviceName?: string): Promise<Lied>
  /** How many files were asked for. */
  files(): number
}

export interface Lied extends Headless {
  /** Outlive the engine, as its disk does. */
  readonly cookies: CookieFetch
}

interface Line extends LyingLine {
  /** Of the heads documents that are open. */
  readonly tellings: Set<() => Promise<void>>
}

/** A line that is honest until it is told to lie. */
export async function lyingLine(server: TestServer, Socket?: unknown): Promise<LyingLine> {
  const cable = await layCable(server.url)
  const { signer } = await openServerKeys(server.folder)
  const sign: Sign = async (head) => {
    return { ...head, signature: base64Text(await signer.sign(headDigest(head))) }
  }
  const tellings = new Set<() => Promise<void>>()
  let asked = 0
  const line: Line = {
    lies: {},
    ...{ sign, tellings },
    async tell() {
      for (const tell of tellings) await tell()
    },
    cut: () => cable.plugInto(server.url),
    async open(how = {}, cookies = new CookieFetch()) {
      const honest = fetchApi(cable.url, cookies.fetch)
      const wire = hocuspocusWire({
        url: `${cable.url.replace(/^http/, 'ws')}/sync`,
        ...(Socket === undefined ? {} : { WebSocket: Socket }),
      })
      const call: Api['call'] = (...args) => (line.lies.api?.(honest.call) ?? honest.call)(...args)
      const files: FileCall = (...args) => honest.file?.(...args) ?? noFile()
      const file: FileCall = (...args) => {
        asked += 1
        return (line.lies.file?.(files) ?? files)(...args)
      }
      const network = { api: { call, file }, wire: lyingWire(wire, line) }
      const device = await openHeadless({ ...how, ports: { ...how.ports, network } })
      world.later(() => device.engine.close())
      return { ...device, cookies }
    },
    async enrol({ engine }, deviceName = 'Test device') {
      const { login, password } = owner
      await act(engine, 'enrol', { login, password, deviceName, kind: 'pc' })
    },
    async enrolled(deviceName) {
      const device = await line.open()
      await line.enrol(device, deviceName)
      return device
    },
    files: () => asked,
  }
  return line
}

async function noFile(): ReturnType<FileCall> {
  return fail({ code: 'not-found' })
}

/** The refresh cookie, as a browser would carry it. */
class CookieFetch {
  #cookie: string | undefined

  readonly fetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    if (this.#cookie !== undefined) headers.set('cookie', this.#cookie)
    const response = await fetch(input, { ...init, headers })
    const [line] = response.headers.getSetCookie()
    if (line !== undefined) this.#cookie = line.split(';')[0]
    return response
  }
}

function lyingWire(wire: Wire, line: Line): Wire {
  return {
    connect: (events) => wire.connect(events),
    disconnect: () => wire.disconnect(),
    hurry: () => wire.hurry(),
    openPresence: (name, onChange) => wire.openPresence(name, onChange),
    open(name, doc, events) {
      const talk = { wire, line, name, doc, events }
      return name.startsWith('heads/') ? openHeads(talk) : openDocument(talk)
    },
  }
}

interface Talk {
  readonly wire: Wire
  readonly line: Line
  readonly name: string
  /** The device's. */
  readonly doc: Doc
  readonly events: ChannelEvents
}

/** Heads are read, changed, and told under a run of the liar's own, the newest always the highest. */
function openHeads({ wire, line, name, doc, events }: Talk): Channel {
  const truth = createHeadsDoc()
  let telling: Promise<void> = Promise.resolve()
  let isClosed = false
  const tell = () => {
    telling = telling.then(async () => {
      const told = [...readHeads(truth).values()]
      const said = line.lies.heads === undefined ? told : await line.lies.heads(told, line.sign)
      if (!isClosed) putHeads(doc, nextRun(), said)
    })
    return telling
  }
  truth.on('update', () => void tell())
  line.tellings.add(tell)
  const channel = wire.open(name, truth, {
    onSynced: () => void tell().then(() => isClosed || events.onSynced()),
    onRefused: (reason) => events.onRefused(reason),
  })
  return {
    close() {
      isClosed = true
      line.tellings.delete(tell)
      channel.close()
    },
  }
}

let lastRun = 1_000
function nextRun(): number {
  lastRun += 1
  return lastRun
}

function openDocument({ wire, line, name, doc, events }: Talk): Channel {
  const truth = new Doc()
  const liar = { name: 'the liar' }
  const isDelivered = () => line.lies.isDelivered?.(name) ?? true
  if (isDelivered()) applyUpdate(truth, encodeStateAsUpdate(doc), liar)
  const up = (update: Uint8Array, origin: unknown) => {
    if (origin !== liar && isDelivered()) applyUpdate(truth, update, liar)
  }
  const fresh = () => {
    const held = new Set(entriesOf(doc).map(({ seq }) => seq))
    return entriesOf(truth).filter(({ seq }) => !held.has(seq))
  }
  doc.on('update', up)
  truth.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === liar) return
    const said = line.lies.down === undefined ? update : line.lies.down(name, update, fresh)
    if (said !== undefined) applyUpdate(doc, said, liar)
  })
  const channel = wire.open(name, truth, events)
  return {
    close() {
      doc.off('update', up)
      channel.close()
    },
  }
}

function entriesOf(doc: Doc): JournalEntry[] {
  return [...doc.getMap<Uint8Array>('r').entries()]
    .map(([seq, bytes]) => ({ seq: Number(seq), bytes }))
    .sort((one, other) => one.seq - other.seq)
}
