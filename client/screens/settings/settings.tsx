/** 设置 (settings): this device and this person. What concerns the company lies with devices and masters. */
import { createSignal, For, Show } from 'solid-js'
import { command } from '#client/commands/command.ts'
import { createAct } from '#client/commands/create-act.ts'
import { createAgreement, createSession, createStatus } from '#client/queries/create-session.ts'
import { agoText, spanText } from '#client/text/dates.ts'
import { audienceText } from '#client/text/audience-text.ts'
import { problemSentence } from '#client/text/problem-text.ts'
import { roleText } from '#client/text/role-text.ts'
import { t } from '#client/text/translate.ts'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Button } from '#client/ui/button.tsx'
import { FactList } from '#client/ui/fact-list.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Page } from '#client/ui/page.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { instant } from '#domain/values/instant.ts'
import { exportUnsent } from '../save-file.ts'
import { StorageHealth } from '../frame/storage-health.tsx'
import { BeginAnew } from './begin-anew.tsx'
import { CompanySetting } from './company-setting.tsx'
import { CostPolicy } from './cost-policy.tsx'
import { SetAside } from './set-aside.tsx'
import css from './settings.module.css'

/** Fields of the company; what they are called, what they mean, and what is said when they were changed. */
const companySettings = [
  ['backdateDays', 'backdate.title', 'backdate.note', 'backdate.saved'],
  ['receiptTolerance', 'excess.title', 'excess.note', 'excess.saved'],
  ['purchaseCharges', 'charges.title', 'charges.note', 'charges.saved'],
  ['lastPrice', 'prices.lastTitle', 'prices.lastNote', 'prices.lastSaved'],
  ['belowMinimum', 'prices.minimumTitle', 'prices.minimumNote', 'prices.minimumSaved'],
] as const

export function Settings() {
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')} isNarrow>
      <ThisDevice />
      <Pin />
      <CostPolicy />
      <For each={companySettings}>
        {([name, title, note, saved]) => (
          <CompanySetting name={name} title={t(title)} note={t(note)} saved={t(saved)} />
        )}
      </For>
      <Sync />
      <SetAside />
      <Sheet title={t('storage.title')}>
        <StorageHealth />
      </Sheet>
    </Page>
  )
}

function ThisDevice() {
  const session = createSession()
  return (
    <Sheet
      title={t('settings.device')}
      actions={
        <Button size="small" icon="lock" onPress={() => void command('lock', {})}>
          {t('settings.lock')}
        </Button>
      }
    >
      <Show when={session()}>
        {(here) => (
          <FactList
            facts={[
              { label: t('signIn.deviceName'), value: here().device?.name ?? '' },
              { label: t('settings.deviceCode'), value: here().device?.code ?? '' },
              { label: t('settings.person'), value: here().user?.name ?? '' },
              { label: t('signIn.role'), value: here().roles.map(roleText).join(' · ') },
              {
                label: t('settings.audiences'),
                value: here().audiences.map(audienceText).join(t('word.listEnd')),
              },
              {
                label: t('stock.branch'),
                value: here()
                  .branches.map((branch) => branch.name)
                  .join(' · '),
              },
            ]}
          />
        )}
      </Show>
    </Sheet>
  )
}

function Pin() {
  const act = createAct()
  const session = createSession()
  const [pin, setPin] = createSignal('')
  const isReady = () => /^\d{6}$/.test(pin())
  const save = async () => {
    const done = await act.run('setPin', { pin: pin() })
    if (done === undefined) return
    setPin('')
    showToast({ kind: 'done', title: t('settings.pinSet') })
  }
  return (
    <Sheet
      title={t('settings.pin')}
      note={session()?.hasPin ? t('settings.pinIsSet') : t('settings.pinIsMissing')}
    >
      <div class={css['row']}>
        <TextField
          label={t('settings.newPin')}
          kind="password"
          value={pin()}
          maxLength={6}
          hint={t('settings.pinHint')}
          onInput={setPin}
        />
        <Button isDisabled={!isReady()} isBusy={act.isBusy()} onPress={() => void save()}>
          {t('word.save')}
        </Button>
      </div>
      <ProblemNotices problems={act.problems()} />
    </Sheet>
  )
}

function Sync() {
  const status = createStatus()
  const agreement = createAgreement()
  const heard = () => {
    const at = status()?.lastHeardAt
    return at === undefined ? t('sync.neverHeard') : agoText(instant(at), instant(Date.now()))
  }
  return (
    <Sheet title={t('sync.details')}>
      <Show when={status()}>
        {(now) => (
          <>
            <Show when={now().stopped}>
              {(problem) => <Notice kind="stop" title={problemSentence(problem())} />}
            </Show>
            <Show when={now().stopped?.code === 'device-forked'}>
              <BeginAnew />
            </Show>
            <FactList
              facts={[
                { label: t('settings.waiting'), value: String(now().documentsWaiting) },
                { label: t('settings.heard'), value: heard() },
                { label: t('settings.clock'), value: spanText(Math.abs(now().clockOffsetMs)) },
                { label: t('sync.agreement'), value: agreement() ?? '–' },
              ]}
            />
            <div class={css['row']}>
              <Button icon="download" onPress={() => void exportUnsent()}>
                {t('sync.copy')}
              </Button>
            </div>
          </>
        )}
      </Show>
    </Sheet>
  )
}
