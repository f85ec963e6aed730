/**
 * The app around its screens: appearance, scans, routes, what stands before it (set-up, sign-in), messages, and
 * the offer of a new version. Which screen stands at which address is in routes.tsx.
 */
import { type RouteSectionProps, Router, useLocation, useNavigate } from '@solidjs/router'
import { createEffect, createSignal, lazy, Show, Suspense } from 'solid-js'
import { createSession } from './queries/create-session.ts'
import { routes } from './routes.tsx'
import { Frame } from './screens/frame/frame.tsx'
import { UpdatePrompt } from './screens/frame/update-prompt.tsx'
import { registerServiceWorker } from './service-worker/register.ts'
import { language } from './text/language.ts'
import { Announcer } from './ui/announcer.tsx'
import { createAppearance } from './ui/appearance.ts'
import { createScanListener } from './ui/scan-listener.ts'
import { Skeleton } from './ui/skeleton.tsx'
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

/** Entrance until somebody is signed in, then the frame with the screen of the address. */
function Shell(props: RouteSectionProps) {
  const session = createSession()
  const location = useLocation()
  const navigate = useNavigate()
  const isReady = () => session()?.stage === 'ready'
  createEffect(() => {
    // Asked only once somebody works here, so that the browser has a reason to agree.
    if (isReady()) void navigator.storage?.persist?.()
  })
  return (
    <Suspense fallback={<Skeleton shape="lines" />}>
      <Show when={session()} fallback={<Skeleton shape="lines" />}>
        {(present) => (
          <Show when={isReady()} fallback={<Entrance session={present()} />}>
            <Frame path={location.pathname} onGo={(href) => navigate(href)}>
              {props.children}
            </Frame>
          </Show>
        )}
      </Show>
    </Suspense>
  )
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
