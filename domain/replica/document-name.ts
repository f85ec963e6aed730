/**
 * The names of everything that is synced, and the one parser of them: what a name says decides who
 * may read and write, so there is no second opinion about it.
 */

import { isUuid } from '#domain/values/ids.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { type Audience, isAudience } from '#domain/records/audience.ts'
import {
  isBranch,
  type JournalName,
  type JournalNameProblem,
  journalNameText,
  parseJournalName,
} from '#domain/records/journal-name.ts'

/** 设备日志 (journal): facts, one writer. */
export interface JournalDocument extends JournalName {
  readonly kind: 'journal'
}

/** 工作台 (desk): drafts of one area, as far as one audience may read them. */
export interface DeskDocument {
  readonly kind: 'desk'
  readonly org: string
  readonly branch: string
  /** 'sales', 'stock-2026-11': a–z, 0–9 and '-', at most 32. */
  readonly area: string
  readonly audience: Audience
}

/** What the server has durably, journal by journal. */
export interface HeadsDocument {
  readonly kind: 'heads'
  readonly org: string
  /** UUID of the branch, or 'all'. */
  readonly branch: string
}

/** Who is where. Never holds content. */
export interface PresenceDocument {
  readonly kind: 'presence'
  readonly org: string
  readonly branch: string
}

/** Every kind of document that is synced. */
export type DocumentName = JournalDocument | DeskDocument | HeadsDocument | PresenceDocument

/** A text that is no name of a document. */
export type DocumentNameProblem = JournalNameProblem

/** The longest name that any kind can have; longer ones are refused unread. */
const limitName = 160
const areaPattern = /^[a-z][a-z0-9-]{0,31}$/

/** The name as it goes over the wire. */
export function documentNameText(name: DocumentName): string {
  switch (name.kind) {
    case 'journal':
      return journalNameText(name)
    case 'desk':
      return `desk/${name.org}/${name.branch}/${name.area}/${name.audience}`
    case 'heads':
      return `heads/${name.org}/${name.branch}`
    case 'presence':
      return `presence/${name.org}/${name.branch}`
  }
}

/** [RPL1] Reads exactly what `documentNameText` writes; `segment` says where it fails. */
export function parseDocumentName(text: string): Result<DocumentName, DocumentNameProblem> {
  if (text.length > limitName) return malformed(0)
  const [kind, ...segments] = text.split('/')
  switch (kind) {
    case 'j':
      return journalDocument(text)
    case 'desk':
      return deskDocument(segments)
    case 'heads':
      return branchDocument('heads', segments, isBranch)
    case 'presence':
      return branchDocument('presence', segments, isUuid)
    default:
      return malformed(0)
  }
}

function journalDocument(text: string): Result<DocumentName, DocumentNameProblem> {
  const name = parseJournalName(text)
  return name.ok ? done({ kind: 'journal', ...name.value }) : name
}

function deskDocument(segments: readonly string[]): Result<DocumentName, DocumentNameProblem> {
  const [org = '', branch = '', area = '', audience = ''] = segments
  if (segments.length !== 4) return malformed(segments.length + 1)
  if (!isUuid(org)) return malformed(1)
  if (!isUuid(branch)) return malformed(2)
  if (!areaPattern.test(area)) return malformed(3)
  return isAudience(audience) ? done({ kind: 'desk', org, branch, area, audience }) : malformed(4)
}

function branchDocument(
  kind: 'heads' | 'presence',
  segments: readonly string[],
  isName: (branch: string) => boolean,
): Result<DocumentName, DocumentNameProblem> {
  const [org = '', branch = ''] = segments
  if (segments.length !== 2) return malformed(segments.length + 1)
  if (!isUuid(org)) return malformed(1)
  return isName(branch) ? done({ kind, org, branch }) : malformed(2)
}

function malformed(segment: number) {
  return fail({ code: 'malformed-document-name', segment })
}
