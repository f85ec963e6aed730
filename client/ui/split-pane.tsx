/**
 * Content with the inspector at its right: explains what is selected without covering it. The edge can be
 * dragged or moved by arrow keys; where there is no room beside, the side rises over the content.
 */
import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { Icon } from './icon.tsx'
import css from './split-pane.module.css'
import { createWidth } from './width.ts'

export interface SplitPaneProps {
  readonly children: JSX.Element
  readonly side: JSX.Element
  /** Heading of the side. */
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
}

const widthMin = 260
const widthMax = 560
const roomBeside = 900
const widthKey = 'liancang.inspector'

export function SplitPane(props: SplitPaneProps) {
  const [root, setRoot] = createSignal<HTMLElement>()
  const room = createWidth(root)
  const [width, setWidth] = createSignal(storedWidth())
  const isBeside = () => room() >= roomBeside
  const resize = (next: number) => {
    setWidth(Math.max(widthMin, Math.min(widthMax, next)))
    storeWidth(width())
  }
  return (
    <div ref={setRoot} class={css['pane']} data-beside={isBeside() ? '' : undefined}>
      <div class={css['main']}>{props.children}</div>
      <Show when={props.isOpen}>
        <Show when={isBeside()}>
          <Edge width={width()} onResize={resize} />
        </Show>
        <aside
          class={css['side']}
          aria-label={props.title}
          style={{ '--side': `${width()}px` }}
          onKeyDown={(event) => event.key === 'Escape' && props.onClose()}
        >
          <header class={css['head']}>
            <h2 class={css['title']}>{props.title}</h2>
            <button
              type="button"
              class={css['close']}
              aria-label={t('inspector.close')}
              title={t('inspector.close')}
              onClick={() => props.onClose()}
            >
              <Icon name="close" />
            </button>
          </header>
          <div class={css['body']}>{props.side}</div>
        </aside>
      </Show>
    </div>
  )
}

function Edge(props: { readonly width: number; readonly onResize: (width: number) => void }) {
  /** Where the drag began: pointer and width, px. */
  let start: { readonly x: number; readonly width: number } | undefined
  const begin = (event: PointerEvent & { readonly currentTarget: HTMLElement }) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    start = { x: event.clientX, width: props.width }
  }
  const drag = (event: PointerEvent) => {
    if (start !== undefined) props.onResize(start.width + start.x - event.clientX)
  }
  const finish = () => {
    start = undefined
  }
  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') props.onResize(props.width + 16)
    if (event.key === 'ArrowRight') props.onResize(props.width - 16)
  }
  return (
    <div
      class={css['edge']}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('pane.resize')}
      aria-valuenow={props.width}
      aria-valuemin={widthMin}
      aria-valuemax={widthMax}
      tabindex={0}
      onPointerDown={begin}
      onPointerMove={drag}
      onPointerUp={finish}
      onPointerCancel={finish}
      onKeyDown={key}
    />
  )
}

function storedWidth(): number {
  try {
    const text = localStorage.getItem(widthKey)
    const kept = text === null ? Number.NaN : Number.parseInt(text, 10)
    return kept >= widthMin && kept <= widthMax ? kept : 320
  } catch {
    return 320
  }
}

function storeWidth(width: number): void {
  try {
    localStorage.setItem(widthKey, String(width))
  } catch {
    // Without storage the width lasts until the tab closes.
  }
}
