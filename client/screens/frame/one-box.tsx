/**
 * The one box: opened by Ctrl K, a press, or a scan nobody else wanted. Finds products, documents and masters
 * through the engine, and offers the places and acts of the app by their names.
 */
import { createEffect, createSignal, on, onCleanup, onMount } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import type { LookupHit, Session } from '#client/engine/face/face.ts'
import { lookUp } from '#client/queries/suggest.ts'
import { quantityDigits } from '#client/text/figures.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { announce } from '#client/ui/announcer.tsx'
import {
  CommandPalette,
  type PaletteItem,
  type PaletteSection,
} from '#client/ui/command-palette.tsx'
import { confirmScan } from '#client/ui/scan-feedback.ts'
import { createScanTarget } from '#client/ui/scan-listener.ts'
import { definitionOf, documentTypes } from '#domain/registry.ts'
import { quantity } from '#domain/values/quantity.ts'
import { dailyPlaces, documentHref, mayBegin, otherPlaces } from './menu-table.ts'

export interface OneBoxProps {
  readonly isOpen: boolean
  readonly session: Session | undefined
  readonly onOpenChange: (isOpen: boolean) => void
  readonly onGo: (href: string) => void
}

export function OneBox(props: OneBoxProps) {
  const [text, setText] = createSignal('')
  const [hits, setHits] = createSignal<readonly LookupHit[]>([])
  const [answered, setAnswered] = createSignal('')
  createEffect(on(text, (wanted) => void ask(wanted), { defer: true }))

  const ask = async (wanted: string) => {
    const found = await find(wanted.trim())
    if (wanted !== text()) return
    setHits(found)
    setAnswered(wanted)
  }
  const open = (first: string) => {
    setText(first)
    props.onOpenChange(true)
  }
  const keyDown = (event: KeyboardEvent) => {
    const isBox = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
    if (!isBox || event.isComposing) return
    event.preventDefault()
    open('')
  }
  onMount(() => {
    window.addEventListener('keydown', keyDown)
    onCleanup(() => window.removeEventListener('keydown', keyDown))
  })

  /** What nobody on the screen wanted: the thing itself when it is plain, otherwise the box with the code. */
  const takeScan = async (code: string) => {
    announce(t('palette.scanned', code))
    const [only, second] = await find(code)
    confirmScan(only === undefined ? 'miss' : 'hit')
    if (only === undefined || second !== undefined) open(code)
    else props.onGo(hrefOf(only))
  }
  createScanTarget((code) => void takeScan(code))
  const sections = () => sectionsFor(text().trim().toLowerCase(), hits(), props)
  return (
    <CommandPalette
      isOpen={props.isOpen}
      text={text()}
      sections={sections()}
      isWaiting={text() !== answered() && text().trim() !== ''}
      onText={setText}
      onClose={() => {
        props.onOpenChange(false)
        setText('')
      }}
    />
  )
}

/** Nothing found and not reachable look the same here: the box stays open with the text. */
function find(text: string): Promise<readonly LookupHit[]> {
  return text === '' ? Promise.resolve([]) : lookUp(text, 12).catch(() => [])
}

function sectionsFor(
  wanted: string,
  hits: readonly LookupHit[],
  box: OneBoxProps,
): readonly PaletteSection[] {
  const isWanted = (item: PaletteItem) => item.label.toLowerCase().includes(wanted)
  const of = (kind: LookupHit['kind']) =>
    wanted === ''
      ? []
      : hits.filter((hit) => hit.kind === kind).map((hit) => hitItem(hit, box.onGo))
  return [
    { title: t('palette.products'), items: of('sku') },
    { title: t('palette.documents'), items: of('document') },
    { title: t('palette.masters'), items: of('master') },
    { title: t('palette.create'), items: beginItems(box).filter(isWanted) },
    { title: t('palette.go'), items: goItems(box).filter(isWanted) },
  ]
}

function beginItems(box: OneBoxProps): PaletteItem[] {
  return documentTypes
    .filter((definition) => mayBegin(definition, box.session?.roles ?? []))
    .map((definition) => ({
      key: `new-${definition.type}`,
      label: t('palette.newDocument', labelText(definition.label)),
      icon: 'plus',
      onRun: () => box.onGo(`${documentHref(definition.type)}/${uuidv7()}`),
    }))
}

function goItems({ onGo, session }: OneBoxProps): PaletteItem[] {
  const places = [...dailyPlaces, ...otherPlaces(session?.roles ?? [])].map(
    (place): PaletteItem => ({
      key: place.href,
      label: t(place.text),
      icon: place.icon,
      onRun: () => onGo(place.href),
    }),
  )
  const lists = documentTypes.map(
    (definition): PaletteItem => ({
      key: documentHref(definition.type),
      label: labelText(definition.label),
      icon: 'document',
      onRun: () => onGo(documentHref(definition.type)),
    }),
  )
  return [...places, ...lists]
}

function hitItem(hit: LookupHit, onGo: (href: string) => void): PaletteItem {
  const base = { key: hrefOf(hit), onRun: () => onGo(hrefOf(hit)) }
  switch (hit.kind) {
    case 'sku': {
      const { product } = hit
      return {
        ...base,
        label: product.name,
        note: [product.specification, product.code].filter((part) => part !== '').join(' · '),
        end: `${quantityDigits(quantity(product.onHand))} ${product.baseUnit}`,
        icon: 'product',
      }
    }
    case 'document': {
      const definition = definitionOf(hit.document.type)
      return {
        ...base,
        label: hit.document.number,
        note: definition === undefined ? hit.document.type : labelText(definition.label),
        icon: 'document',
      }
    }
    case 'master':
      return { ...base, label: hit.name, icon: 'people' }
  }
}

function hrefOf(hit: LookupHit): string {
  switch (hit.kind) {
    case 'sku':
      return `/stock/${hit.product.skuId}`
    case 'document':
      return `${documentHref(hit.document.type)}/${hit.document.docId}`
    case 'master':
      return `/masters/${hit.entity}/${hit.id}`
  }
}
