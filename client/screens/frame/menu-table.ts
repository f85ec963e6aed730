/** What the rail, the bottom bar and the palette lead to: one table, document types from the registry. */
import type { TextKey } from '#client/text/translate.ts'
import type { IconName } from '#client/ui/icon.tsx'
import { actProblem } from '#domain/doctype/permission.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { documentTypes } from '#domain/registry.ts'

export interface Place {
  readonly href: string
  readonly text: TextKey
  readonly icon: IconName
  /** Whose work it belongs to; everybody's where nothing is said. */
  readonly roles?: readonly string[]
}

export type DocumentMenu = AnyDocumentDefinition['menu']

export interface DocumentGroup {
  readonly menu: DocumentMenu
  readonly text: TextKey
  readonly icon: IconName
  readonly definitions: readonly AnyDocumentDefinition[]
}

/** Above the documents. */
export const dailyPlaces: readonly Place[] = [
  { href: '/', text: 'frame.home', icon: 'home' },
  { href: '/products', text: 'frame.products', icon: 'product' },
  { href: '/stock', text: 'frame.stock', icon: 'stock' },
]

const places: readonly Place[] = [
  { href: '/approvals', text: 'frame.approvals', icon: 'check' },
  { href: '/findings', text: 'frame.findings', icon: 'finding' },
  { href: '/month-close', text: 'frame.monthClose', icon: 'lock', roles: ['finance', 'owner'] },
  { href: '/masters/supplier', text: 'frame.masters', icon: 'people' },
  { href: '/import', text: 'frame.import', icon: 'import' },
  { href: '/devices', text: 'frame.devices', icon: 'device' },
  { href: '/settings', text: 'frame.settings', icon: 'settings' },
]

/** Below the documents: what a person with these roles can do something in. */
export function otherPlaces(roles: readonly string[]): readonly Place[] {
  return places.filter((place) => place.roles?.some((role) => roles.includes(role)) ?? true)
}

/** How much waits at a place. */
export function countAt(
  href: string,
  counts: { readonly findings: number; readonly approvals: number },
): number {
  if (href === '/approvals') return counts.approvals
  return href === '/findings' ? counts.findings : 0
}

export const documentGroups: readonly DocumentGroup[] = [
  group('purchase', 'frame.purchase', 'purchase'),
  group('sales', 'frame.sales', 'sales'),
  group('stock', 'frame.stockDocuments', 'warehouse'),
]

export function documentHref(type: string): string {
  return `/documents/${type}`
}

/** True where `path` lies under `href`, so that the place is marked. */
export function isAt(path: string, href: string): boolean {
  if (href === '/') return path === '/'
  const root = href.startsWith('/masters/') ? '/masters' : href
  return path === root || path.startsWith(`${root}/`)
}

/** Whether a person with these roles may begin a document of this type. */
export function mayBegin(definition: AnyDocumentDefinition, roles: readonly string[]): boolean {
  return (
    actProblem(definition, 'edit', 'draft', roles as Parameters<typeof actProblem>[3]) === undefined
  )
}

function group(menu: DocumentMenu, text: TextKey, icon: IconName): DocumentGroup {
  return { menu, text, icon, definitions: documentTypes.filter((each) => each.menu === menu) }
}
