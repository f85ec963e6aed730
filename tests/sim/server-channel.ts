/**
 * One document on one socket of the simulated server: who may open it, what is answered, and the road of
 * updates as `sync-server/extensions/intake.ts` has it: what came while the one before was kept is judged
 * together and shares a commit.
 */
import * as Y from 'yjs'
import { parseDocumentName } from '#domain/replica/document-name.ts'
import { admitAll } from '#server/extensions/admission.ts'
import type { Objection } from '#server/extensions/guard.ts'
import { accessTo } from '#server/identity/rights.ts'
import type { Kernel } from '#server/kernel.ts'
import { SyncRetry } from '#server/refusal.ts'
import type { DownMessage, Room, ServerOptions, SimServer, UpMessage } from './server.ts'
import { deviceOfToken } from './server-api.ts'

export interface ChannelParts {
  readonly server: SimServer
  readonly kernel: Kernel
  readonly send: (message: DownMessage) => void
  /** What only a bug can cause, or the trouble of the server itself. */
  readonly onFailed: (error: unknown) => void
}

interface Waiting {
  readonly update: Uint8Array
  readonly isAnswer: boolean
}

export class ServerChannel {
  readonly #id: number
  readonly #parts: ChannelParts
  readonly #options: ServerOptions
  #room: Room | undefined
  #device = ''
  #isWriter = false
  #isClosed = false
  #isAsked = false
  /** In the order in which they came; before the document is open they wait. */
  #waiting: Waiting[] = []
  #isRunning = false

  constructor(id: number, parts: ChannelParts, options: ServerOptions) {
    this.#id = id
    this.#parts = parts
    this.#options = options
  }

  async open({ name, token, vector }: UpMessage & { readonly kind: 'open' }): Promise<void> {
    const { server, kernel } = this.#parts
    const parsed = parseDocumentName(name)
    const device = deviceOfToken(kernel, token)
    if (device === undefined) return this.#parts.send({ kind: 'sent-away', channel: this.#id })
    if (!parsed.ok) return this.#refuse(`refused:${parsed.problem.code}`)
    const { branches, organization } = kernel.directory
    const access = accessTo(parsed.value, device, { id: organization?.id, branches })
    if (access === 'none') {
      this.#options.onRefused({ device: device.id, document: name, code: 'not-allowed' })
      return this.#refuse('refused:not-allowed')
    }
    this.#device = device.id
    this.#isWriter = access === 'write'
    const room = server.room(name, parsed.value, kernel)
    // Entered before it is filled, so that it is not let go in between.
    room.channels.add(this)
    await room.loaded.catch((error: unknown) => {
      room.channels.delete(this)
      throw error instanceof Error ? new SyncRetry(error.message) : error
    })
    if (this.#isClosed) return server.leave(room, this)
    this.#room = room
    const { doc } = room
    const update = Y.encodeStateAsUpdate(doc, vector)
    this.#parts.send({ kind: 'answer', channel: this.#id, name, update })
    if (this.#isWriter) this.#ask(doc)
    this.#wake()
  }

  take({ kind, update }: UpMessage & { readonly update: Uint8Array }): void {
    this.#waiting.push({ update, isAnswer: kind === 'answer' })
    this.#wake()
  }

  #wake(): void {
    if (this.#isRunning || this.#room === undefined || this.#waiting.length === 0) return
    this.#isRunning = true
    this.#run(this.#room)
      .catch((error: unknown) => {
        this.#waiting = []
        this.#parts.onFailed(error)
      })
      .finally(() => {
        this.#isRunning = false
      })
  }

  async #run(room: Room): Promise<void> {
    while (this.#waiting.length > 0 && !this.#isClosed) {
      const batch = firstOf(this.#waiting)
      this.#waiting.splice(0, batch.length)
      await this.#admit(room, batch)
    }
  }

  async #admit({ document, doc }: Room, batch: readonly Waiting[]): Promise<void> {
    const isAnswer = batch[0]?.isAnswer === true
    if (isAnswer) this.#isAsked = false
    const updates = batch.map(({ update }) => update).filter((update) => !isEmptyUpdate(update))
    if (updates.length === 0 || !this.#isWriter) return
    if (updates.length > 1) this.#options.onJoined()
    const incoming = { document, updates, device: this.#device, limitWaitMs: 0 }
    const { taken, objection } = await admitAll(this.#parts.kernel.admission, incoming)
    if (objection === undefined || this.#isClosed) return
    if (objection.isAhead !== true) return this.#object(document, objection)
    if (isAnswer) return this.#refuse('retry:record-missing')
    // The one that came too early is not taken; what stands behind it is judged next.
    this.#waiting.unshift(...updates.slice(taken + 1).map((update) => ({ update, isAnswer })))
    if (!this.#isAsked) this.#ask(doc)
  }

  #object(document: string, { code }: Objection): void {
    const refused = { device: this.#device, document, code }
    this.#parts.kernel.onRefused(refused)
    this.#options.onRefused(refused)
    this.#refuse(`refused:${code}`)
  }

  #ask(doc: Y.Doc): void {
    this.#isAsked = true
    this.#parts.send({ kind: 'ask', channel: this.#id, vector: Y.encodeStateVector(doc) })
  }

  tell(update: Uint8Array): void {
    const room = this.#room
    if (room === undefined || this.#isClosed) return
    this.#parts.send({ kind: 'update', channel: this.#id, name: room.document, update })
  }

  #refuse(reason: string): void {
    this.#parts.send({ kind: 'refused', channel: this.#id, reason })
    this.close()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#room !== undefined) this.#parts.server.leave(this.#room, this)
  }
}

/** An answer alone, announcements together. */
function firstOf(waiting: readonly Waiting[]): readonly Waiting[] {
  const end = waiting.findIndex(
    ({ isAnswer }, index) => index > 0 && (isAnswer || waiting[0]?.isAnswer === true),
  )
  return waiting.slice(0, end < 0 ? waiting.length : end)
}

/** No structs, no deletes. */
function isEmptyUpdate(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0
}
