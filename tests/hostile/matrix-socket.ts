/** Cells of the matrix that are tried on the sync socket. */
import {
  createEncoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding'
import * as Y from 'yjs'
import type { Audience } from '#domain/records/audience.ts'
import { packRecord, storedBytes } from '#domain/records/record-bytes.ts'
import { appendEntries, createJournalDoc } from '#domain/replica/journal.ts'
import { sha256Bytes } from '#domain/values/digest.ts'
import { kinds } from '#server/testing/raw-client.ts'
import { categoryBody, type TestDevice } from '#server/testing/test-device.ts'
import type { MatrixCompany, Subject } from './matrix-company.ts'
import { documentsFor, type MatrixDocument, rightsOf } from './matrix-documents.ts'
import { plainFrame, syncFrame, updateFrame, Visitor } from './visitor.ts'

export interface Cell {
  readonly cell: string
  readonly expected: unknown
  readonly seen: unknown
}

/** Refused documents after which the subject takes a new socket, before the server closes it. */
const limitDenials = 90

export async function socketCells(company: MatrixCompany): Promise<readonly Cell[]> {
  const { boss, server, subjects } = company
  const secrets = await writeSecrets(company)
  const witness = await new Visitor({ url: server.url }).opened()
  const witnessed = witness.keepFrames()
  const [owner] = subjects
  if (owner === undefined) throw new Error('a company has an owner')
  for (const document of documentsFor(company, owner)) {
    if (rightsOf(owner, document).read) await witness.open(document.name, boss.token)
  }
  const cells: Cell[] = []
  const marks: { cell: string; mark: string; expected: boolean }[] = []
  for (const subject of subjects) {
    const trial = new Trial(company, subject)
    for (const document of documentsFor(company, subject)) {
      cells.push(...(await trial.tryAll(document)))
    }
    const received = trial.received()
    for (const [document, mark] of secrets) {
      const { read } = rightsOf(subject, document)
      const cell = `${subject.name} sees what stands in ${document.name}`
      cells.push({ cell, expected: read, seen: received.includes(mark) })
    }
    marks.push(...trial.marks)
    trial.leave()
  }
  // Whatever was let through has reached the witness when it has heard the answer to a question.
  await witness.tell(`heads/${company.organization}/all`, [])
  const heard = Buffer.concat(witnessed)
  cells.push(
    ...marks.map(({ cell, mark, expected }) => ({ cell, expected, seen: heard.includes(mark) })),
  )
  witness.leave()
  return cells
}

/** In each journal and desk of both branches something that can be found again. */
async function writeSecrets(company: MatrixCompany): Promise<[MatrixDocument, string][]> {
  const [owner] = company.subjects
  if (owner === undefined) return []
  const { boss, server } = company
  const visitor = await new Visitor({ url: server.url }).opened()
  const secrets: [MatrixDocument, string][] = []
  for (const document of documentsFor(company, owner)) {
    if (!rightsOf(owner, document).write) continue
    const mark = `secret-${secrets.length}-${crypto.randomUUID()}`
    await visitor.open(document.name, boss.token)
    const told = await visitor.tell(document.name, [
      updateFrame(document.name, await writing(boss, document, mark)),
    ])
    if (told !== 'applied') throw new Error(`${document.name} was answered ${told}`)
    secrets.push([document, mark])
  }
  visitor.leave()
  return secrets
}

/** What the device would write into the document if it were allowed to: well formed, and marked. */
async function writing(
  device: TestDevice,
  document: MatrixDocument,
  mark: string,
): Promise<Uint8Array> {
  if (document.kind === 'journal') return fact(device, document.branch, document.audience, mark)
  const doc = new Y.Doc()
  const key = `draft-${mark.slice(-12)}|h|note|${device.enrolled.device}`
  doc.getMap('d').set(key, { hlc: 1, v: mark })
  return Y.encodeStateAsUpdate(doc)
}

/** A record of a kind that is relayed nowhere. */
async function fact(
  device: TestDevice,
  branch: string | undefined,
  audience: Audience = 'goods',
  mark = '',
): Promise<Uint8Array> {
  const where = branch === undefined || branch === 'all' ? device.branch : branch
  const wish = { branch: where, isKept: false }
  const { entries } = await device.seal(audience, [categoryBody('x')], wish)
  const [entry] = entries
  if (entry === undefined) throw new Error('nothing was sealed')
  const packed = packRecord({ ...entry.record, kind: 'noted.v9', body: { text: mark } })
  const bytes = storedBytes(packed, await device.signer.sign(sha256Bytes(packed)))
  return appendEntries(createJournalDoc(), [{ seq: entry.seq, bytes }])
}

/** One subject with its sockets. */
class Trial {
  readonly marks: { cell: string; mark: string; expected: boolean }[] = []
  readonly #company: MatrixCompany
  readonly #subject: Subject
  readonly #frames: Buffer[][] = []
  #visitor: Visitor | undefined
  #denials = 0
  #count = 0

  constructor(company: MatrixCompany, subject: Subject) {
    this.#company = company
    this.#subject = subject
  }

  /** Opens the document and tries everything on it. */
  async tryAll(document: MatrixDocument): Promise<Cell[]> {
    const { device, name: who } = this.#subject
    const { read, write, presence } = rightsOf(this.#subject, document)
    const visitor = await this.#socket()
    const isOpen = (await visitor.open(document.name, device.token)) === 'open'
    if (!isOpen) this.#denials += 1
    const at = `${who} · ${document.name}`
    const cells: Cell[] = [{ cell: `${at} · open`, expected: read, seen: isOpen }]
    // What is not open is tried all the same: frames to it must lead nowhere.
    const frames = [
      plainFrame(document.name, kinds.stateless, textBytes(this.#mark(`${at} · talk`, false))),
      plainFrame(
        document.name,
        kinds.awareness,
        stateBytes(this.#mark(`${at} · presence`, presence)),
      ),
    ]
    for (const frame of frames) visitor.say(frame)
    const first = await writing(device, document, this.#mark(`${at} · announce`, write))
    if (!isOpen) {
      visitor.say(updateFrame(document.name, first))
      return cells
    }
    const told = await visitor.tell(document.name, [updateFrame(document.name, first)])
    cells.push({ cell: `${at} · told`, expected: write, seen: told === 'applied' })
    // The journal's one number is taken now, so only a desk can be written a second time.
    const isAgain = write && document.kind === 'desk'
    const second = await writing(device, document, this.#mark(`${at} · answer`, isAgain))
    await visitor.tell(document.name, [syncFrame(document.name, 1, second)])
    return cells
  }

  received(): Buffer {
    return Buffer.concat(this.#frames.flat())
  }

  leave(): void {
    this.#visitor?.leave()
  }

  async #socket(): Promise<Visitor> {
    const isUsedUp = this.#denials >= limitDenials || this.#visitor?.end !== undefined
    if (this.#visitor !== undefined && !isUsedUp) return this.#visitor
    this.#visitor?.leave()
    this.#denials = 0
    this.#visitor = await new Visitor({ url: this.#company.server.url }).opened()
    this.#frames.push(this.#visitor.keepFrames())
    return this.#visitor
  }

  /** A text that the witness must hear, or must not. */
  #mark(cell: string, expected: boolean): string {
    this.#count += 1
    const mark = `mark-${this.#count}-${crypto.randomUUID()}`
    this.marks.push({ cell, mark, expected })
    return mark
  }
}

function textBytes(text: string): Uint8Array {
  const encoder = createEncoder()
  writeVarString(encoder, text)
  return toUint8Array(encoder)
}

/** A presence state under one client id of the socket. */
function stateBytes(mark: string): Uint8Array {
  const inner = createEncoder()
  writeVarUint(inner, 1)
  writeVarUint(inner, 77)
  writeVarUint(inner, Date.now())
  writeVarString(inner, JSON.stringify({ docId: mark }))
  const outer = createEncoder()
  writeVarUint8Array(outer, toUint8Array(inner))
  return toUint8Array(outer)
}
