/**
 * The net under the app: plain and not built, so that no broken build can break it. When the app has not drawn
 * itself in time, or dies before, it looks for a repaired version, brings that, and says calmly what happened
 * meanwhile. Touches program files alone; documents and drafts are not its business.
 */
;(() => {
  const limitMs = 20_000
  const lookEveryMs = 20_000
  const triedKey = 'liancang.start-guard'
  const isChinese = () => localStorage.getItem('liancang.language') !== 'en'
  const words = (chinese, english) => (isChinese() ? chinese : english)
  const root = document.documentElement
  let panel
  let note

  const hasStarted = () => root.dataset.started !== undefined

  addEventListener('error', onError, true)
  addEventListener('unhandledrejection', ({ reason }) => fail(String(reason)))
  setTimeout(() => fail('timeout'), limitMs)
  new MutationObserver(() => hasStarted() && panel?.remove()).observe(root, {
    attributeFilter: ['data-started'],
  })

  function onError(event) {
    const isScript = event.target instanceof HTMLScriptElement
    if (isScript) fail(event.target.src)
    else if (event instanceof ErrorEvent) fail(event.message)
  }

  function fail(detail) {
    if (hasStarted() || panel !== undefined) return
    show(detail)
    void mend(true)
    addEventListener('online', () => void mend(false))
    setInterval(() => void mend(false), lookEveryMs)
  }

  /** A version that waits is brought in; a server that has another one is asked for it, once by itself. */
  async function mend(isFirst) {
    if (hasStarted()) return
    try {
      if (await bringWaiting()) return
      if (isFirst && (await isOtherOnServer()) && isUntried()) await fetchAnew()
    } catch {
      // Without a network: looked at again later.
    }
  }

  async function bringWaiting() {
    const registration = await navigator.serviceWorker?.getRegistration()
    if (registration === undefined) return false
    await registration.update().catch(() => undefined)
    const next = registration.waiting ?? (await installed(registration.installing))
    if (next === null || next === undefined) return false
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload())
    next.postMessage({ type: 'SKIP_WAITING' })
    return true
  }

  function installed(worker) {
    if (!worker) return undefined
    return new Promise((resolve) => {
      worker.addEventListener('statechange', () => {
        if (worker.state === 'installed') resolve(worker)
        else if (worker.state === 'redundant') resolve(undefined)
      })
    })
  }

  /** The page as the server has it now; a parameter keeps the service worker from answering. */
  async function pageOfServer() {
    const answer = await fetch(`/index.html?at=${Date.now()}`, { cache: 'no-store' })
    const text = answer.ok ? await answer.text() : ''
    return text.includes('id="app"') ? text : undefined
  }

  async function isOtherOnServer() {
    const theirs = await pageOfServer()
    const ours = await (await fetch('/index.html')).text()
    return theirs !== undefined && theirs !== ours
  }

  /** Once in a tab, so that two broken versions do not chase each other. */
  function isUntried() {
    const isFirst = sessionStorage.getItem(triedKey) === null
    sessionStorage.setItem(triedKey, '1')
    return isFirst
  }

  async function fetchAnew() {
    const registrations = (await navigator.serviceWorker?.getRegistrations()) ?? []
    await Promise.all(registrations.map((each) => each.unregister()))
    await Promise.all((await caches.keys()).map((name) => caches.delete(name)))
    location.reload()
  }

  async function download() {
    const page = await pageOfServer().catch(() => undefined)
    if (page !== undefined) return fetchAnew()
    note.textContent = words(
      '现在连不上服务器。连上网络后会自动再试。',
      'The server is out of reach. It is tried again by itself once there is a network.',
    )
  }

  // ── what is seen ──────────────────────────────────────────────────────────────────────────────

  function show(detail) {
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches
    const colours = isDark
      ? { ink: '#e8e6e1', paper: '#0b0f15', line: '#3a4250' }
      : { ink: '#1f1d1a', paper: '#faf7f0', line: '#cfc8b8' }
    panel = element('div', '', {
      position: 'fixed',
      inset: '0',
      overflow: 'auto',
      display: 'grid',
      placeItems: 'center',
      padding: '24px',
      color: colours.ink,
      background: colours.paper,
      font: '16px/1.6 "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif',
    })
    panel.setAttribute('role', 'alert')
    const column = element('div', '', { maxWidth: '30em', width: '100%' })
    column.append(...sentences(), acts(colours), technical(detail))
    panel.append(column)
    document.body.append(panel)
  }

  function sentences() {
    const title = words('连仓没能启动', 'Liancang could not start')
    const safe = words(
      '单据和草稿都在这台设备上，没有受影响。',
      'Documents and drafts on this device are not affected.',
    )
    const next = words(
      '正在查找修好的版本，找到后会自动打开。也可以现在再试一次。',
      'A repaired version is being looked for and opens by itself. You can also try again now.',
    )
    note = element('p', next, { margin: '0 0 20px' })
    const titleStyle = { font: 'inherit', fontSize: '22px', fontWeight: '600', margin: '0 0 8px' }
    return [element('h1', title, titleStyle), element('p', safe, { margin: '0 0 4px' }), note]
  }

  function acts(colours) {
    const row = element('div', '', { display: 'flex', flexWrap: 'wrap', gap: '12px' })
    const main = { ink: '#ffffff', paper: '#1c4f82', line: '#1c4f82' }
    const plain = { ...colours, paper: 'transparent' }
    const anew = words('重新下载程序', 'Download the program again')
    row.append(
      button(words('再试一次', 'Try again'), main, () => location.reload()),
      button(anew, plain, () => void download()),
    )
    return row
  }

  function button(text, { ink, paper, line }, act) {
    const made = element('button', text, {
      minHeight: '44px',
      padding: '0 20px',
      font: 'inherit',
      cursor: 'pointer',
      color: ink,
      background: paper,
      border: `1px solid ${line}`,
      borderRadius: '8px',
    })
    made.type = 'button'
    made.addEventListener('click', act)
    return made
  }

  function technical(detail) {
    const style = {
      margin: '24px 0 0',
      fontSize: '13px',
      opacity: '0.65',
      overflowWrap: 'anywhere',
    }
    return element('p', detail, style)
  }

  function element(name, text, style) {
    const made = document.createElement(name)
    made.textContent = text
    Object.assign(made.style, style)
    return made
  }
})()
