/** A device as the server meets it: enrolled over HTTP, syncing through real providers. */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { uuidv7 } from 'uuidv7'
import { Doc } from 'yjs'
import type { Audience } from '#domain/records/audience.ts'
import {
  type RecordDraft,
  type SealedJournal,
  type ShardTail,
  sealCommit,
} from '#domain/records/seal-commit.ts'
import {
  makeSigningKey,
  type Signer,
  type SigningKey,
  webCryptoSigner,
} from '#domain/records/signature.ts'
import { readHeads } from '#domain/replica/heads.ts'
import { appendEntries } from '#domain/replica/journal.ts'
import { type Json } from '#domain/values/canonical-text.ts'
import { sha256Bytes } from '#domain/values/digest.ts'
import { type Hlc, hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import { call, owner, type TestServer } from './test-server.ts'

export interface Enrolled {
  readonly organizationId: string
  readonly device: string
  readonly deviceCode: string
  readonly branches: readonly { readonly id: string; readonly code: string }[]
  readonly audiences: readonly Audience[]
  readonly user: { readonly id: string }
  readonly accessToken: string
  readonly serverKey: SigningKey['publicKey']
}

export interface EnrolWish {
  readonly login?: string
  readonly password?: string
  readonly audiences?: readonly Audience[]
  readonly branches?: readonly string[]
}

const { subtle } = globalThis.crypto

/** Enrols a fresh device, the owner's unless said otherwise. */
export async function enrolDevice(server: TestServer, wish: EnrolWish = {}): Promise<TestDevice> {
  const key = await makeSigningKey(subtle)
  const { login, password } = { ...owner, ...wish }
  const answer = await call(server, '/api/enrol', {
    body: {
      ...{ login, password, deviceName: 'Test tablet', kind: 'tablet', publicKey: key.publicKey },
      ...(wish.audiences === undefined ? {} : { audiences: wish.audiences }),
      ...(wish.branches === undefined ? {} : { branches: wish.branches }),
    },
  })
  if (answer.status !== 201) throw new Error(`enrol answered ${JSON.stringify(answer.body)}`)
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return new TestDevice(server, key, answer.body as unknown as Enrolled, cookie)
}

export interface Opened {
  readonly provider: HocuspocusProvider
  readonly doc: Doc
  /** What the server said when it refused or closed the document; rejects never. */
  readonly refused: Promise<string>
  readonly synced: Promise<void>
}

export class TestDevice {
  readonly key: SigningKey
  readonly signer: Signer
  readonly enrolled: Enrolled
  /** The refresh cookie as a request header. */
  readonly cookie: string
  token: string
  server: TestServer
  readonly docByJournal = new Map<string, Doc>()
  readonly #tails = new Map<string, ShardTail>()
  readonly #opened: Opened[] = []
  #socket: HocuspocusProviderWebsocket | undefined
  #hlc = hlc(1_790_000_000_000, 0)

  constructor(server: TestServer, key: SigningKey, enrolled: Enrolled, cookie: string) {
    this.server = server
    this.key = key
    this.signer = webCryptoSigner(subtle, key.privateKey)
    this.enrolled = enrolled
    this.cookie = cookie
    this.token = enrolled.accessToken
  }

  get branch(): string {
    return this.enrolled.branches[0]?.id ?? ''
  }

  get socket(): HocuspocusProviderWebsocket {
    const url = `${this.server.url.replace('http', 'ws')}/sync`
    this.#socket ??= new HocuspocusProviderWebsocket({
      url,
      delay: 50,
      minDelay: 50,
      jitter: false,
    })
    return this.#socket
  }

  /** Seals one commit, as the engine would; nothing is sent yet. */
  async seal(
    audience: Audience,
    bodies: readonly Json[],
    how: SealHow = {},
  ): Promise<SealedJournal> {
    const drafts = bodies.map((body) => this.#draft(audience, body, how))
    const { branch = this.branch } = how
    const sealed = await sealCommit({
      org: this.enrolled.organizationId,
      device: this.enrolled.device,
      build: 'test',
      drafts,
      tailOf: (_branch, of) => this.#tails.get(`${branch}/${of}`),
      signer: how.signer ?? this.signer,
    })
    const journal = sealed.ok ? sealed.value[0] : undefined
    if (journal === undefined) throw new Error('a test commit could not be sealed')
    if (how.isKept ?? true) this.#tails.set(`${branch}/${audience}`, journal.tail)
    return journal
  }

  /**
   * Appends a sealed commit to this device's own copy of the journal, which a provider may be
   * sending.
   */
  append({ journal, entries }: SealedJournal): Uint8Array {
    const doc = this.docByJournal.get(journal) ?? new Doc()
    this.docByJournal.set(journal, doc)
    return appendEntries(doc, entries)
  }

  /** Masters that nobody minds: one record per name. */
  async write(audience: Audience, ...names: readonly string[]): Promise<SealedJournal> {
    const sealed = await this.seal(audience, names.map(categoryBody))
    this.append(sealed)
    return sealed
  }

  open(name: string, doc: Doc = this.docByJournal.get(name) ?? new Doc(), token?: string): Opened {
    let refuse: (reason: string) => void = () => undefined
    let sync: () => void = () => undefined
    const refused = new Promise<string>((resolve) => {
      refuse = resolve
    })
    const synced = new Promise<void>((resolve) => {
      sync = resolve
    })
    const provider = new HocuspocusProvider({
      websocketProvider: this.socket,
      name,
      document: doc,
      sessionAwareness: true,
      token: token ?? (() => this.token),
      onSynced: () => sync(),
      onAuthenticationFailed: ({ reason }) => refuse(reason),
      onClose: ({ event }) => refuse(event.reason),
      ...(name.startsWith('presence/') ? {} : { awareness: null }),
    })
    provider.attach()
    const opened = { provider, doc, refused, synced }
    this.#opened.push(opened)
    return opened
  }

  headsName(branch: string = this.branch): string {
    return `heads/${this.enrolled.organizationId}/${branch}`
  }

  /** Drops everything that is open, as closing the app would. */
  leave(): void {
    for (const { provider } of this.#opened.splice(0)) provider.destroy()
    this.#socket?.destroy()
    this.#socket = undefined
  }

  #draft(audience: Audience, body: Json, how: SealHow): RecordDraft {
    this.#hlc = Math.max(this.#hlc + 1, how.hlc ?? 0) as Hlc
    return {
      id: asId<RecordId>(how.id ?? uuidv7()),
      kind: how.kind ?? 'masters-changed.v1',
      branch: how.branch ?? this.branch,
      audience,
      by: this.enrolled.user.id,
      hlc: this.#hlc,
      at: instant(how.at ?? Date.now()),
      offset: { ms: 0, ageMs: 0 },
      body,
    }
  }
}

export interface SealHow {
  readonly branch?: string
  readonly kind?: string
  readonly id?: string
  readonly hlc?: Hlc
  /** Trade moment, ms. */
  readonly at?: number
  readonly signer?: Signer
  /** False leaves the device's own tail where it was: what is sealed next is a fork. */
  readonly isKept?: boolean
}

/** A masters change that adds a category. */
export function categoryBody(name: string): Json {
  return { changes: [{ entity: 'category', id: uuidv7(), fields: { name } }] }
}

/** The seq that heads show for a journal; -1 before any. */
export function headSeq(heads: Doc, journal: string): number {
  return readHeads(heads).get(journal)?.seq ?? -1
}

/** A device's signature over a text, as the API takes it. */
export async function signText(device: TestDevice, text: string): Promise<string> {
  return Buffer.from(await device.signer.sign(sha256Bytes(text))).toString('base64url')
}
