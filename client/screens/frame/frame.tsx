/**
 * What stands around every screen: rail or bottom bar, top bar, the one box, messages. Knows routes only as
 * addresses; the content scrolls in its own area, which returns to its place on Back.
 */
import {
  createEffect,
  createSignal,
  ErrorBoundary,
  type JSX,
  on,
  onCleanup,
  Show,
  Suspense,
} from 'solid-js'
import { createApprovalCount } from '#client/queries/create-approvals.ts'
import { createDecisions } from '#client/queries/create-home.ts'
import { createSession, createStatus } from '#client/queries/create-session.ts'
import { t } from '#client/text/translate.ts'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { keptOffset, rememberOffset } from '#client/ui/scroll-memory.ts'
import { BottomBar } from './bottom-bar.tsx'
import { ErrorScreen } from './error-screen.tsx'
import css from './frame.module.css'
import { OneBox } from './one-box.tsx'
import { Rail } from './rail.tsx'
import { Standing } from './standing.tsx'
import { TopBar } from './top-bar.tsx'

export interface FrameProps {
  /** Where we are, without search. */
  readonly path: string
  readonly onGo: (href: string) => void
  readonly children: JSX.Element
}

const foldKey = 'liancang.rail'
const phoneQuery = '(max-width: 640px)'
const wideQuery = '(min-width: 1180px)'

export function Frame(props: FrameProps) {
  const session = createSession()
  const decisions = createDecisions()
  const approvals = createApprovalCount()
  const status = createStatus()
  const [isBoxOpen, setBoxOpen] = createSignal(false)
  const isPhone = createMatch(phoneQuery)
  const isWide = createMatch(wideQuery)
  const [foldChoice, setFoldChoice] = createSignal(storedFold())
  const isFolded = () => foldChoice() ?? !isWide()
  const fold = () => {
    setFoldChoice(!isFolded())
    storeFold(isFolded())
  }
  /** What waits for a decision; what is only good to know does not ring, nor what may yet be put right by itself. */
  const count = () => (status()?.filling === undefined ? (decisions() ?? 0) : 0)
  return (
    <div class={css['frame']} data-phone={isPhone() ? '' : undefined}>
      <a class={css['skip']} href="#content">
        {t('frame.skip')}
      </a>
      <Show when={!isPhone()}>
        <Rail
          path={props.path}
          isFolded={isFolded()}
          findings={count()}
          approvals={approvals() ?? 0}
          onFold={fold}
          onGo={props.onGo}
        />
      </Show>
      <div class={css['column']}>
        <TopBar
          session={session()}
          findings={count()}
          onBox={() => setBoxOpen(true)}
          onGo={props.onGo}
        />
        <Standing session={session()} />
        <Content path={props.path}>{props.children}</Content>
        <Show when={isPhone()}>
          <BottomBar
            path={props.path}
            findings={count()}
            approvals={approvals() ?? 0}
            onGo={props.onGo}
          />
        </Show>
      </div>
      <OneBox
        isOpen={isBoxOpen()}
        session={session()}
        onOpenChange={setBoxOpen}
        onGo={props.onGo}
      />
    </div>
  )
}

/** The screen, in a scroll area of its own that comes back to where it was. */
function Content(props: { readonly path: string; readonly children: JSX.Element }) {
  let area: HTMLElement | undefined
  createEffect(
    on(
      () => props.path,
      () => {
        const offset = keptOffset('page')
        // The screen's data may come a moment later; its height is there by the second frame.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => area?.scrollTo({ top: offset, behavior: 'instant' })),
        )
      },
    ),
  )
  return (
    <main
      ref={(element) => (area = element)}
      id="content"
      class={css['content']}
      tabindex={-1}
      onScroll={(event) => rememberOffset('page', event.currentTarget.scrollTop)}
    >
      <ErrorBoundary fallback={(error, reset) => <ErrorScreen error={error} onReset={reset} />}>
        <Suspense fallback={<Skeleton shape="lines" />}>{props.children}</Suspense>
      </ErrorBoundary>
    </main>
  )
}

function createMatch(query: string) {
  const list = matchMedia(query)
  const [isMatching, setMatching] = createSignal(list.matches)
  const onChange = () => setMatching(list.matches)
  list.addEventListener('change', onChange)
  onCleanup(() => list.removeEventListener('change', onChange))
  return isMatching
}

function storedFold(): boolean | undefined {
  try {
    const text = localStorage.getItem(foldKey)
    return text === null ? undefined : text === 'folded'
  } catch {
    return undefined
  }
}

function storeFold(isFolded: boolean): void {
  try {
    localStorage.setItem(foldKey, isFolded ? 'folded' : 'open')
  } catch {
    // Without storage the choice lasts until the tab closes.
  }
}
