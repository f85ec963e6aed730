/** Every document that anybody could ask for, and what a subject may do with it, written by hand. */
import { uuidv7 } from 'uuidv7'
import { type Audience, audiences } from '#domain/records/audience.ts'
import type { MatrixCompany, Subject } from './matrix-company.ts'

export interface MatrixDocument {
  readonly name: string
  readonly kind: 'journal' | 'desk' | 'heads' | 'presence'
  /** 'all' for the company; undefined where there is no such branch in this company. */
  readonly branch: string | undefined
  readonly audience?: Audience
  /** Of a journal: who writes it. */
  readonly writer?: string
}

export interface Rights {
  readonly read: boolean
  readonly write: boolean
  readonly presence: boolean
}

const shard = '2026-09'
const none: Rights = { read: false, write: false, presence: false }

/** All documents that `subject` tries: those of both branches, of the company, and of no such place. */
export function documentsFor(company: MatrixCompany, subject: Subject): readonly MatrixDocument[] {
  const { organization, branch, elsewhere, boss } = company
  const writers = [...new Set([subject.device, boss].map(({ enrolled }) => enrolled.device))]
  const places = [
    { org: organization, branch, known: branch },
    { org: organization, branch: elsewhere, known: elsewhere },
    { org: organization, branch: uuidv7(), known: undefined },
    { org: uuidv7(), branch, known: undefined },
  ]
  const ofBranches = places.flatMap((place): MatrixDocument[] => {
    const tail = `${place.org}/${place.branch}`
    const at = { branch: place.known }
    return [
      { ...at, kind: 'heads', name: `heads/${tail}` },
      { ...at, kind: 'presence', name: `presence/${tail}` },
      ...audiences.flatMap((audience): MatrixDocument[] => [
        { ...at, kind: 'desk', name: `desk/${tail}/main/${audience}`, audience },
        ...[...writers, 'server-1'].map(
          (writer): MatrixDocument => ({
            ...{ ...at, kind: 'journal', audience, writer },
            name: `j/${tail}/${audience}/${shard}/${writer}`,
          }),
        ),
      ]),
    ]
  })
  const ofCompany = audiences.map((audience): MatrixDocument => {
    const name = `j/${organization}/all/${audience}/${shard}/server-1`
    return { kind: 'journal', branch: 'all', audience, writer: 'server-1', name }
  })
  return [
    ...ofBranches,
    ...ofCompany,
    { kind: 'heads', branch: 'all', name: `heads/${organization}/all` },
  ]
}

/** What the subject may do: from its role and branch alone. */
export function rightsOf(subject: Subject, document: MatrixDocument): Rights {
  const { branch, kind, audience, writer } = document
  const isReached = branch === 'all' || (branch !== undefined && subject.branches.includes(branch))
  if (!subject.isKnown || !isReached) return none
  const isHeard = audience === undefined || subject.audiences.includes(audience)
  if (!isHeard) return none
  if (kind === 'desk') return { read: true, write: true, presence: false }
  if (kind === 'presence') return { read: true, write: false, presence: true }
  const isOwn = kind === 'journal' && writer === subject.device.enrolled.device
  return { read: true, write: isOwn, presence: false }
}
