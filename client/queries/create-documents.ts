/** Documents and drafts: lists and single ones. */
import type { Accessor } from 'solid-js'
import type { QueryArgs } from '#client/engine/face/face.ts'
import { createQuery } from './create-query.ts'
import { createRows } from './create-rows.ts'
import { engine } from './engine.ts'

export function createDocumentRows(type: Accessor<string | undefined>, search: Accessor<string>) {
  return createRows(
    'documents',
    () => {
      const chosen = type()
      const text = search()
      return {
        ...(chosen === undefined ? {} : { type: chosen }),
        ...(text === '' ? {} : { search: text }),
      }
    },
    () => ['documents', 'status'],
  )
}

export function createDocument(docId: Accessor<string>) {
  return createQuery(
    'document',
    () => ({ docId: docId() }),
    () => [`document:${docId()}`, 'documents', 'status'],
  )
}

/** Once, for an act that begins with it. */
export function readDocument(docId: string) {
  return engine().read('document', { docId })
}

export function createDrafts(type: Accessor<string>) {
  return createQuery(
    'drafts',
    () => ({ type: type() }),
    () => ['drafts', 'documents'],
  )
}

/** Whether a draft must be approved, and what approvers said of it. */
const approvalTopics = ['approvals', 'masters:company'] as const

export function createDraft(docId: Accessor<string>) {
  return createQuery(
    'draft',
    () => ({ docId: docId() }),
    () => [`draft:${docId()}`, `document:${docId()}`, 'masters:sku', 'session', ...approvalTopics],
  )
}

/** What an act on a draft or document would change now. */
export function createImpact(asked: Accessor<QueryArgs<'impact'>>) {
  return createQuery('impact', asked, () => [`draft:${asked().docId}`, 'documents'])
}

/** The document as it stands on paper. */
export function createPrint(docId: Accessor<string>, language: Accessor<'zh-CN' | 'en'>) {
  return createQuery(
    'print',
    () => ({ docId: docId(), language: language() }),
    () => [`document:${docId()}`],
  )
}

/** Receipts that an invoice or a charge may still take. */
export function createOpenSources(asked: Accessor<QueryArgs<'openSources'>>) {
  return createQuery('openSources', asked, () => ['documents'])
}
