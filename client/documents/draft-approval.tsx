/** Of a draft: that it must be approved first, that it waits, or that it came back. */
import { type JSX, Show } from 'solid-js'
import type { DraftDetail } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { ButtonLink } from '#client/ui/button-link.tsx'
import { Notice } from '#client/ui/notice.tsx'

type Draft = DraftDetail | undefined

/** As it stands now. */
export function needsApproval(draft: Draft): boolean {
  return draft?.approval?.flow !== undefined
}

export function isWaiting(draft: Draft): boolean {
  const state = draft?.approval?.state
  return state === 'waiting' || state === 'approved'
}

export function DraftApproval(props: {
  readonly draft: Draft
  readonly type: string
}): JSX.Element {
  const approval = () => props.draft?.approval
  const ended = () => {
    const state = approval()?.state
    if (state === 'declined') return t('approval.wasDeclined')
    return state === 'sent-back' ? t('approval.wasSentBack') : undefined
  }
  const story = () => (
    <ButtonLink href={`/approvals/${props.draft?.docId ?? ''}`}>
      {t('approval.seeStory')}
    </ButtonLink>
  )
  return (
    <>
      <Show when={isWaiting(props.draft)}>
        <Notice
          kind="decide"
          title={t(approval()?.state === 'approved' ? 'approval.toPost' : 'approval.waiting')}
          actions={story()}
        >
          {t(approval()?.state === 'approved' ? 'approval.toPostNote' : 'approval.waitingNote')}
        </Notice>
      </Show>
      <Show when={ended()}>
        {(title) => (
          <Notice kind="stop" title={title()} actions={story()}>
            {t('approval.wasEndedNote')}
          </Notice>
        )}
      </Show>
      <Show when={!isWaiting(props.draft) && ended() === undefined ? approval()?.flow : undefined}>
        {(flow) => (
          <Notice kind="info" title={t('approval.needed', flow())}>
            {t('approval.neededNote')}
          </Notice>
        )}
      </Show>
    </>
  )
}
