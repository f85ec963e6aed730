/** The sync sentence in the top bar, and what lies behind it when pressed. */
import { Show } from 'solid-js'
import { createChangeCount } from '#client/queries/create-changes.ts'
import { createAgreement, createSession, createStatus } from '#client/queries/create-session.ts'
import { agoText, momentText, spanText } from '#client/text/dates.ts'
import { countText } from '#client/text/figures.ts'
import { problemText } from '#client/text/problem-text.ts'
import { t } from '#client/text/translate.ts'
import { FactList } from '#client/ui/fact-list.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Popover } from '#client/ui/popover.tsx'
import { instant } from '#domain/values/instant.ts'
import { createNow } from './create-now.ts'
import css from './frame.module.css'
import { syncSentence } from './sync-sentence.ts'

/** Clock differences below this are not worth a line, ms. */
const clockNoticeMs = 60_000

export function SyncState() {
  const status = createStatus()
  const session = createSession()
  const now = createNow(20_000)
  const sentence = () => syncSentence(status(), now())
  const zone = () => session()?.zone ?? { offsetMinutes: 480, cutOffMinutes: 0 }
  const facts = () => {
    const here = status()
    if (here === undefined) return []
    const heard = here.lastHeardAt
    const offset = Math.abs(here.clockOffsetMs)
    return [
      {
        label: t('sync.server'),
        value:
          heard === undefined
            ? t('sync.neverHeard')
            : `${momentText(instant(heard), zone())} · ${agoText(instant(heard), instant(now()))}`,
        isWide: true,
      },
      ...(here.audit === undefined || here.audit.problem !== undefined
        ? []
        : [
            {
              label: t('sync.audit'),
              value: t('sync.auditGood', agoText(instant(here.audit.at), instant(now()))),
              isWide: true,
            },
          ]),
      ...(offset < clockNoticeMs
        ? []
        : [
            { label: t('sync.clockLabel'), value: t('sync.clock', spanText(offset)), isWide: true },
          ]),
    ]
  }
  return (
    <Popover
      title={t('sync.details')}
      label={sentence().text}
      trigger={
        <span class={css['sync']} data-tone={sentence().tone}>
          <Icon name={sentence().icon} />
          <span class={css['syncText']}>{sentence().text}</span>
        </span>
      }
    >
      <Show
        when={status()?.stopped}
        fallback={
          <Show when={sentence().tone !== 'proven'} fallback={<p>{t('sync.allSafe')}</p>}>
            <p>{t('sync.safe')}</p>
          </Show>
        }
      >
        {(problem) => (
          <Notice kind="stop" title={problemText(problem()).what}>
            {problemText(problem()).next}
          </Notice>
        )}
      </Show>
      <Show when={status()?.audit?.problem}>
        {(problem) => (
          <Notice kind="stop" title={problemText(problem()).what}>
            {problemText(problem()).next}
          </Notice>
        )}
      </Show>
      <FactList facts={facts()} />
      <ChangedBySync />
      <Agreement />
    </Popover>
  )
}

/** Drawn, and so asked for, only while the details are open. */
function ChangedBySync() {
  const changed = createChangeCount()
  return (
    <Show when={changed() > 0}>
      <p>
        {t('changes.notice', countText(changed()))} · <a href="/changes">{t('changes.why')}</a>
      </p>
    </Show>
  )
}

/** Asked for likewise. */
function Agreement() {
  const code = createAgreement()
  return (
    <Show when={code()}>
      <FactList
        facts={[
          {
            label: t('sync.agreement'),
            value: <strong class={css['agreement']}>{code()}</strong>,
            isWide: true,
          },
        ]}
      />
      <p class={css['fine']}>{t('sync.agreementHint')}</p>
    </Show>
  )
}
