/**
 * The app around its screens: appearance, scans, routes, what stands before it (set-up, sign-in), messages, and
 * the offer of a new version. Which screen stands at which address is in routes.tsx.
 */
import { type RouteSectionProps, Router, useLocation, useNavigate } from '@solidjs/router'
import { createEffect, createSignal, ErrorBoundary, lazy, Show, Suspense } from 'solid-js'
import { createSession, createStatus } from './queries/create-session.ts'
import { routes } from './routes.tsx'
import { keepDeviceMark } from './screens/entrance/device-mark.ts'
import { ErrorScreen } from './screens/frame/error-screen.tsx'
import { Frame } from './screens/frame/frame.tsx'
import { Starting } from './screens/frame/starting.tsx'
import { UpdatePrompt } from './screens/frame/update-prompt.tsx'
import { registerServiceWorker } from './service-worker/register.ts'
import { language } from './text/language.ts'
import { Announcer } from './ui/announcer.tsx'
import { createAppearance } from './ui/appearance.ts'
import { createScanListener } from './ui/scan-listener.ts'
import { ToastRegion } from './ui/toast.tsx'

const Entrance = lazy(async () => ({
  default: (await import('./screens/entrance/entrance.tsx')).Entrance,
}))

export function App() {
  createAppearance()
  createScanListener()
  createEffect(() => {
    document.documentElement.lang = language()
  })
  return (
    <>
      <Router root={Shell}>{routes}</Router>
      <Updates />
      <ToastRegion />
      <Announcer />
    </>
  )
}

/**
 * Entrance until somebody is signed in, then the frame with the screen of the address. While the engine opens,
 * a device where somebody worked last draws its frame at once.
 */
function Shell(props: RouteSectionProps) {
  const session = createSession()
  const status = createStatus()
  const location = useLocation()
  const navigate = useNavigate()
  const isInside = () => (session()?.stage ?? lastStage()) === 'ready'
  createEffect(() => {
    const stage = session()?.stage
    if (stage === undefined) return
    keepStage(stage)
    // Asked only once somebody works here, so that the browser has a reason to agree.
    if (stage === 'ready') void navigator.storage?.persist?.()
  })
  createEffect(() => {
    const code = session()?.device?.code
    const waiting = status()?.documentsWaiting
    if (code !== undefined && waiting !== undefined) keepDeviceMark({ code, waiting })
  })
  return (
    <Suspense fallback={<Starting />}>
      <Show
        when={isInside()}
        fallback={
          <Show when={session()} fallback={<Starting />}>
            {(present) => <Entrance session={present()} />}
          </Show>
        }
      >
        {/* Inside, so that a guess that was wrong (the store is gone) ends at the entrance, not in an error. */}
        <ErrorBoundary fallback={(error, reset) => <ErrorScreen error={error} onReset={reset} />}>
          <Frame path={location.pathname} onGo={(href) => navigate(href)}>
            {props.children}
          </Frame>
        </ErrorBoundary>
      </Show>
    </Suspense>
  )
}

const stageKey = 'liancang.stage'

/** Where this device stood when it was last open: a guess for the first moment, never a right. */
function lastStage(): string | undefined {
  try {
    return localStorage.getItem(stageKey) ?? undefined
  } catch {
    return undefined
  }
}

function keepStage(stage: string): void {
  try {
    localStorage.setItem(stageKey, stage)
  } catch {
    // Without storage the first moment shows the mark instead of the frame.
  }
}

/** The service worker exists only in a build. */
function Updates() {
  const [apply, setApply] = createSignal<() => void>()
  const [isBusy, setBusy] = createSignal(false)
  if (import.meta.env.PROD) registerServiceWorker((next) => setApply(() => next))
  return (
    <UpdatePrompt
      isReady={apply() !== undefined}
      isBusy={isBusy()}
      onLater={() => setApply(undefined)}
      onApply={() => {
        setBusy(true)
        apply()?.()
      }}
    />
  )
}
