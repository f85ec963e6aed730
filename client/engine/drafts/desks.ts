/**
 * Drafts: the desks of a branch, one for each audience that this device may read, joined on reading and
 * split on writing, so that a price typed here never lies on a desk that a keeper's device holds [D1].
 * Drafts are no facts: they are kept by the shelf, not by the strict store.
 */
import type { Doc } from 'yjs'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Audience } from '#domain/records/audience.ts'
import { definitionOf } from '#domain/registry.ts'
import {
  addScan,
  createDeskDoc,
  type Act as DeskAct,
  type DeskProblem,
  type DraftEdit,
  listDrafts,
  readDraft,
  removeDraft,
  removeLine,
  setDraftFields,
  type TypedFields,
} from '#domain/replica/desk.ts'
import type { DeskDraft } from '#domain/replica/desk-draft.ts'
import { documentNameText } from '#domain/replica/document-name.ts'
import { joinDrafts } from '#domain/replica/join-drafts.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { openDeskLine } from './desk-line.ts'
import type { JoinedDraft } from '#client/projections/reading.ts'
import type { Problem } from '../face/face.ts'
import type { Channel, DeskShelf, Random, Timers, Wire } from '../ports.ts'

export interface EditArgs {
  readonly branch: string
  readonly docId: string
  readonly definition: AnyDocumentDefinition
  readonly header: TypedFields
  readonly lines: readonly { readonly lineId: string; readonly fields: TypedFields }[]
  /** What the actor may write. */
  readonly audiences: readonly Audience[]
}

export interface ScanArgs {
  readonly branch: string
  readonly docId: string
  readonly definition: AnyDocumentDefinition
  readonly lineId: string
  readonly fields: TypedFields
  readonly step: number
}

export type Edited = Result<undefined, readonly Problem[]>

export interface Desks {
  /** Loads the desks of a branch from the shelf; at once when they are there. */
  open(branch: string): Promise<void>
  read(docId: string, audiences: readonly Audience[]): JoinedDraft | undefined
  /** All drafts of the open desks, the newest act first. */
  list(audiences: readonly Audience[]): readonly JoinedDraft[]
  edit(act: DeskAct, args: EditArgs): Edited
  scan(act: DeskAct, args: ScanArgs): Edited
  removeLine(act: DeskAct, line: { readonly docId: string; readonly lineId: string }): Edited
  /** Takes a draft off every desk: it is confirmed as posted, or nobody wants it. */
  discard(docId: string): void
  connect(wire: Wire): void
  disconnect(): void
  close(): Promise<void>
}

export interface DesksOptions {
  readonly org: string
  readonly audiences: readonly Audience[]
  readonly shelf: DeskShelf
  readonly random: Random
  readonly timers: Timers
  /** Something on a desk changed, here or elsewhere. */
  onChanged(): void
  onRefused(name: string, reason: string): void
}

/** One area for now: everybody in a branch shares its drafts. */
const area = 'main'
const refusedMs = 60_000

interface Desk {
  readonly name: string
  readonly branch: string
  readonly audience: Audience
  readonly doc: Doc
  channel: Channel | undefined
}

export function makeDesks(options: DesksOptions): Desks {
  return new BranchDesks(options)
}

class BranchDesks implements Desks {
  readonly #options: DesksOptions
  readonly #desks: Desk[] = []
  readonly #opening = new Map<string, Promise<void>>()
  #wire: Wire | undefined

  constructor(options: DesksOptions) {
    this.#options = options
  }

  open(branch: string): Promise<void> {
    const opening = this.#opening.get(branch) ?? this.#load(branch)
    this.#opening.set(branch, opening)
    return opening
  }

  async #load(branch: string): Promise<void> {
    const { org, audiences, shelf, random } = this.#options
    await Promise.all(
      audiences.map(async (audience) => {
        const name = documentNameText({ kind: 'desk', org, branch, area, audience })
        const doc = createDeskDoc()
        doc.clientID = random.bits()
        await shelf.bind(name, doc)
        doc.on('update', () => this.#options.onChanged())
        this.#desks.push({ name, branch, audience, doc, channel: undefined })
      }),
    )
    this.#connectAll()
    this.#options.onChanged()
  }

  read(docId: string, audiences: readonly Audience[]): JoinedDraft | undefined {
    for (const [branch, desks] of this.#byBranch(audiences)) {
      const joined = joinedOf(
        branch,
        desks.flatMap((desk) => partOn(desk, docId)),
      )
      if (joined !== undefined) return joined
    }
    return undefined
  }

  list(audiences: readonly Audience[]): readonly JoinedDraft[] {
    const drafts: JoinedDraft[] = []
    for (const [branch, desks] of this.#byBranch(audiences)) {
      const parts = new Map<string, DraftPart[]>()
      for (const { audience, doc } of desks) {
        for (const draft of listDrafts(doc)) {
          const known = parts.get(draft.draftId) ?? []
          known.push({ audience, draft })
          parts.set(draft.draftId, known)
        }
      }
      for (const each of parts.values()) {
        const joined = joinedOf(branch, each)
        if (joined !== undefined) drafts.push(joined)
      }
    }
    return drafts.sort((one, other) => other.hlc - one.hlc)
  }

  edit(act: DeskAct, args: EditArgs): Edited {
    const misplaced = misplacedFields(args)
    if (misplaced.length > 0) return fail(misplaced)
    for (const desk of this.#desksOf(args.branch)) {
      const edit = editFor(desk, args)
      if (edit === undefined) continue
      const written = setDraftFields(desk.doc, act, edit)
      if (!written.ok) return fail([problemOf(written.problem)])
    }
    return done(undefined)
  }

  scan(act: DeskAct, args: ScanArgs): Edited {
    const { definition, docId: draftId, lineId, fields, step } = args
    const lead = this.#desksOf(args.branch).find((desk) => desk.audience === definition.lead)
    if (lead === undefined) return fail([{ code: 'audience-missing' }])
    const scan = { draftId, lineId, step, fields, ...typeFor(lead, draftId, definition) }
    const written = addScan(lead.doc, act, scan)
    return written.ok ? done(undefined) : fail([problemOf(written.problem)])
  }

  removeLine(act: DeskAct, line: { readonly docId: string; readonly lineId: string }): Edited {
    const { docId: draftId, lineId } = line
    for (const { doc } of this.#desks) {
      const isThere = readDraft(doc, draftId)?.lines.some((each) => each.lineId === lineId)
      if (isThere !== true) continue
      const removed = removeLine(doc, act, { draftId, lineId })
      if (!removed.ok) return fail([problemOf(removed.problem)])
    }
    return done(undefined)
  }

  discard(docId: string): void {
    for (const { doc } of this.#desks) removeDraft(doc, docId)
  }

  connect(wire: Wire): void {
    this.#wire = wire
    this.#connectAll()
  }

  #connectAll(): void {
    for (const desk of this.#desks) if (desk.channel === undefined) this.#connectDesk(desk)
  }

  #connectDesk(desk: Desk): void {
    if (this.#wire === undefined) return
    desk.channel = openDeskLine(this.#wire, desk.name, desk.doc, (reason) => {
      desk.channel?.close()
      desk.channel = undefined
      this.#options.onRefused(desk.name, reason)
      this.#options.timers.after(refusedMs, () => desk.channel ?? this.#connectDesk(desk))
    })
  }

  disconnect(): void {
    this.#wire = undefined
    for (const desk of this.#desks) {
      desk.channel?.close()
      desk.channel = undefined
    }
  }

  async close(): Promise<void> {
    this.disconnect()
    await Promise.allSettled(this.#opening.values())
    await Promise.all(this.#desks.map((desk) => this.#options.shelf.release(desk.name)))
  }

  #desksOf(branch: string): readonly Desk[] {
    return this.#desks.filter((desk) => desk.branch === branch)
  }

  #byBranch(audiences: readonly Audience[]): Map<string, Desk[]> {
    const byBranch = new Map<string, Desk[]>()
    for (const desk of this.#desks) {
      if (!audiences.includes(desk.audience)) continue
      const desks = byBranch.get(desk.branch)
      if (desks === undefined) byBranch.set(desk.branch, [desk])
      else desks.push(desk)
    }
    return byBranch
  }
}

interface DraftPart {
  readonly audience: Audience
  readonly draft: DeskDraft
}

function partOn(desk: Desk, docId: string): DraftPart[] {
  const draft = readDraft(desk.doc, docId)
  return draft === undefined ? [] : [{ audience: desk.audience, draft }]
}

/** Undefined while the lead's part is not here: nothing else says which lines there are. */
function joinedOf(branch: string, parts: readonly DraftPart[]): JoinedDraft | undefined {
  const definition = definitionOf(parts[0]?.draft.type ?? '')
  const lead = parts.find((part) => part.audience === definition?.lead)
  if (definition === undefined || lead === undefined) return undefined
  const ownOf = ({ audience, draft }: DraftPart) => ownFieldsOf(definition, audience, draft)
  const others = parts.filter((part) => part !== lead).map(ownOf)
  return { ...joinDrafts(ownOf(lead), others), branch }
}

/** A field counts only on the desk of its own audience, whatever somebody wrote elsewhere. */
function ownFieldsOf(
  definition: AnyDocumentDefinition,
  audience: Audience,
  draft: DeskDraft,
): DeskDraft {
  const own = (group: AnyDocumentDefinition['header'], fields: TypedFields) =>
    Object.fromEntries(
      Object.entries(fields).filter(([name]) => audienceOf(definition, group, name) === audience),
    ) as DeskDraft['header']
  return {
    ...draft,
    header: own(definition.header, draft.header),
    lines: draft.lines.map(({ lineId, fields }) => ({
      lineId,
      fields: own(definition.lines, fields),
    })),
  }
}

/** 业务时间 is a field of every draft although no definition names it. */
const momentField = 'at'

function audienceOf(
  definition: AnyDocumentDefinition,
  group: AnyDocumentDefinition['header'],
  name: string,
): Audience | undefined {
  if (group === definition.header && name === momentField) return definition.lead
  return group[name]?.audience
}

function misplacedFields({ definition, header, lines, audiences }: EditArgs): Problem[] {
  const check = (group: AnyDocumentDefinition['header'], fields: TypedFields, lineId?: string) =>
    Object.keys(fields).flatMap((field): Problem[] => {
      const audience = audienceOf(definition, group, field)
      if (audience !== undefined && audiences.includes(audience)) return []
      const code = audience === undefined ? 'unknown-field' : 'field-not-yours'
      return [{ code, field, ...(lineId === undefined ? {} : { lineId }) }]
    })
  return [
    ...check(definition.header, header),
    ...lines.flatMap(({ lineId, fields }) => check(definition.lines, fields, lineId)),
  ]
}

/** What of an edit belongs on a desk; undefined when nothing does. */
function editFor(desk: Desk, args: EditArgs): DraftEdit | undefined {
  const { definition, docId: draftId } = args
  const own = (group: AnyDocumentDefinition['header'], fields: TypedFields) =>
    Object.fromEntries(
      Object.entries(fields).filter(
        ([name]) => audienceOf(definition, group, name) === desk.audience,
      ),
    )
  const header = own(definition.header, args.header)
  const isLead = desk.audience === definition.lead
  const known = new Set(
    isLead ? readDraft(desk.doc, draftId)?.lines.map((line) => line.lineId) : [],
  )
  const lines = args.lines.flatMap(({ lineId, fields }) => {
    const written = own(definition.lines, fields)
    // The lead says which lines there are: one that begins with another audience's field begins there too.
    const isNew = isLead && !known.has(lineId)
    const begun = isNew ? { ...beginning(definition), ...written } : written
    return Object.keys(begun).length === 0 ? [] : [{ lineId, fields: begun }]
  })
  const isNewDraft = isLead && readDraft(desk.doc, draftId) === undefined
  if (Object.keys(header).length === 0 && lines.length === 0 && !isNewDraft) return undefined
  return { draftId, header, lines, ...typeFor(desk, draftId, definition) }
}

/** An empty field of the lead, which makes a line exist. */
function beginning(definition: AnyDocumentDefinition): TypedFields {
  const [name] = Object.entries(definition.lines).find(
    ([, field]) => field.audience === definition.lead,
  ) ?? ['note']
  return { [name]: undefined }
}

function typeFor(
  desk: Desk,
  draftId: string,
  definition: AnyDocumentDefinition,
): { readonly type?: string } {
  return readDraft(desk.doc, draftId) === undefined ? { type: definition.type } : {}
}

function problemOf(problem: DeskProblem): Problem {
  return { code: problem.code, facts: { key: problem.key } }
}
