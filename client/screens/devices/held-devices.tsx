/** What revoked devices handed in: seen document by document, then taken into the books or left out, with a reason. */
import { createSignal, For, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { HeldDevice, HeldDocument } from '#client/engine/face/face.ts'
import { createHeldDevices } from '#client/queries/create-devices.ts'
import { createSession } from '#client/queries/create-session.ts'
import { momentText } from '#client/text/dates.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ConfirmDialog } from '#client/ui/confirm-dialog.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { ReasonDialog } from '#client/ui/reason-dialog.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { showToast } from '#client/ui/toast.tsx'
import type { Zone } from '#domain/values/business-date.ts'
import { instant } from '#domain/values/instant.ts'
import { LooseDocumentRow } from '../loose-document-row.tsx'
import css from './devices.module.css'

/** What is about to be decided. */
interface Deciding {
  readonly held: HeldDevice
  readonly verdict: 'adopt' | 'decline'
  /** The last document to be adopted; all of them where nothing is said. */
  readonly until?: HeldDocument
}

export function HeldDevices() {
  const devices = createHeldDevices()
  const session = createSession()
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  const [deciding, setDeciding] = createSignal<Deciding>()
  return (
    <>
      <For each={(devices() ?? []).filter(isOpen)}>
        {(held) => <Held held={held} zone={zone()} onDecide={setDeciding} />}
      </For>
      <Show when={deciding()} keyed>
        {(now) => <Decide deciding={now} onClose={() => setDeciding(undefined)} />}
      </Show>
    </>
  )
}

/** Nothing is left of what was adopted whole. */
function isOpen({ isWaiting, documents, otherRecords }: HeldDevice): boolean {
  return isWaiting || documents.length + otherRecords > 0
}

interface HeldProps {
  readonly held: HeldDevice
  readonly zone: Pick<Zone, 'offsetMinutes'>
  readonly onDecide: (deciding: Deciding) => void
}

function Held(props: HeldProps) {
  const moment = (at: number) => momentText(instant(at), props.zone)
  return (
    <Sheet
      title={t('held.title', props.held.name, props.held.code)}
      isFlush
      actions={
        <>
          <Show when={props.held.isWaiting}>
            <Button
              size="small"
              onPress={() => props.onDecide({ held: props.held, verdict: 'decline' })}
            >
              {t('held.decline')}
            </Button>
          </Show>
          <Button
            size="small"
            kind={props.held.isWaiting ? 'main' : 'plain'}
            onPress={() => props.onDecide({ held: props.held, verdict: 'adopt' })}
          >
            {t('held.adopt')}
          </Button>
        </>
      }
    >
      <p class={css['told']}>
        {props.held.revokedAt === undefined
          ? t('held.cameAt', moment(props.held.handedInAt))
          : t(
              'held.known',
              moment(props.held.revokedAt),
              moment(props.held.lastSeenAt),
              moment(props.held.handedInAt),
            )}
      </p>
      <Decision held={props.held} moment={moment} />
      <For each={props.held.documents}>
        {(document) => (
          <LooseDocumentRow
            document={document}
            zone={props.zone}
            warning={document.isAfterRevocation ? t('held.afterwards') : undefined}
          >
            <Show when={document.before}>
              <Button
                kind="quiet"
                size="small"
                onPress={() =>
                  props.onDecide({ held: props.held, verdict: 'adopt', until: document })
                }
              >
                {t('held.adoptUntil')}
              </Button>
            </Show>
          </LooseDocumentRow>
        )}
      </For>
      <Show when={props.held.otherRecords > 0}>
        <p class={css['told']}>{t('held.others', props.held.otherRecords)}</p>
      </Show>
      <Show when={props.held.hiddenJournals > 0}>
        <p class={css['told']}>{t('held.hidden', props.held.hiddenJournals)}</p>
      </Show>
    </Sheet>
  )
}

function Decision(props: { readonly held: HeldDevice; readonly moment: (at: number) => string }) {
  return (
    <Show when={props.held.decision}>
      {(decision) => (
        <p class={css['told']}>
          {decision().verdict === 'adopted'
            ? t('held.adoptedBy', decision().byName, props.moment(decision().at))
            : t(
                'held.declinedBy',
                decision().byName,
                props.moment(decision().at),
                decision().reason ?? '',
              )}
        </p>
      )}
    </Show>
  )
}

function Decide(props: { readonly deciding: Deciding; readonly onClose: () => void }) {
  return (
    <Show
      when={props.deciding.verdict === 'adopt'}
      fallback={<Decline held={props.deciding.held} onClose={props.onClose} />}
    >
      <Adopt deciding={props.deciding} onClose={props.onClose} />
    </Show>
  )
}

function Adopt(props: { readonly deciding: Deciding; readonly onClose: () => void }) {
  const act = createAct()
  const adopt = async () => {
    const { held, until } = props.deciding
    const before = until?.before === undefined ? {} : { before: until.before }
    if ((await act.run('adoptHeld', { device: held.device, ...before })) === undefined) return
    showToast({ kind: 'done', title: t('held.adopted') })
    props.onClose()
  }
  return (
    <ConfirmDialog
      isOpen
      title={t('held.adoptTitle', props.deciding.held.name, props.deciding.until?.number)}
      effect={
        <>
          <p>{t('held.adoptEffect')}</p>
          <ProblemNotices problems={act.problems()} />
        </>
      }
      act={t('held.adoptAct')}
      isBusy={act.isBusy()}
      onConfirm={() => void adopt()}
      onClose={props.onClose}
    />
  )
}

function Decline(props: { readonly held: HeldDevice; readonly onClose: () => void }) {
  const act = createAct()
  const decline = async (reason: string) => {
    const { device } = props.held
    if ((await act.run('declineHeld', { device, reason })) === undefined) return
    showToast({ kind: 'done', title: t('held.declined') })
    props.onClose()
  }
  return (
    <ReasonDialog
      title={t('held.declineTitle', props.held.name)}
      effect={<p>{t('held.declineEffect')}</p>}
      label={t('held.reason')}
      problems={act.problems()}
      act={t('held.decline')}
      isDangerous
      isBusy={act.isBusy()}
      onConfirm={(reason) => void decline(reason)}
      onClose={props.onClose}
    />
  )
}
