/** One submission: who has said what, the document word for word, and three large buttons for whoever decides now. */
import { useParams } from '@solidjs/router'
import { createSignal, onCleanup, onMount, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import { ApprovalStory } from '#client/documents/approval-story.tsx'
import type { ApprovalDetail } from '#client/engine/face/face.ts'
import { createApproval } from '#client/queries/create-approvals.ts'
import { createSession } from '#client/queries/create-session.ts'
import { momentText } from '#client/text/dates.ts'
import { labelText, language } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { ButtonLink } from '#client/ui/button-link.tsx'
import { Button } from '#client/ui/button.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Page } from '#client/ui/page.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { definitionOf } from '#domain/registry.ts'
import { instant } from '#domain/values/instant.ts'
import { StateBadge } from './approval-line.tsx'
import { AskReason, type ReasonedAct } from './ask-reason.tsx'
import { SubmittedPaper } from './submitted-paper.tsx'
import css from './approvals.module.css'

export function Approval() {
  const params = useParams<{ docId: string }>()
  const found = createApproval(() => params.docId, language)
  return (
    <Show when={found()} fallback={<Skeleton shape="lines" count={8} />}>
      {(approval) => <OneApproval approval={approval()} />}
    </Show>
  )
}

function OneApproval(props: { readonly approval: ApprovalDetail }) {
  const act = createAct()
  const session = createSession()
  const [asked, setAsked] = createSignal<ReasonedAct>()
  const { approve, post } = createDecisions(act, () => props.approval)
  const label = () => {
    const { type } = props.approval
    return labelText(definitionOf(type)?.label ?? [type, type])
  }
  const at = () => momentText(instant(props.approval.at), session()?.zone ?? { offsetMinutes: 480 })
  return (
    <Page
      title={`${label()} ${props.approval.number}`}
      back="/approvals"
      stamp={<StateBadge row={props.approval} />}
      lead={t('approval.submittedBy', props.approval.byName, at(), props.approval.branchName)}
      actions={<Leads approval={props.approval} onWithdraw={() => setAsked('withdraw')} />}
      footer={
        props.approval.mayDecide ? (
          <Verdicts
            isReadable={props.approval.paper !== undefined}
            isBusy={act.isBusy()}
            onApprove={() => void approve()}
            onAsk={setAsked}
          />
        ) : undefined
      }
    >
      <ProblemNotices problems={act.problems()} />
      <Show when={props.approval.isToPost}>
        <Notice
          kind="decide"
          title={t('approval.toPost')}
          actions={
            <Button kind="main" isBusy={act.isBusy()} onPress={() => void post()}>
              {t('approval.post')}
            </Button>
          }
        >
          {t('approval.toPostNote')}
        </Notice>
      </Show>
      <ApprovalStory approval={props.approval} />
      <SubmittedPaper paper={props.approval.paper} />
      <AskReason act={asked()} approval={props.approval} onClose={() => setAsked(undefined)} />
    </Page>
  )
}

interface VerdictsProps {
  /** Nobody approves what he cannot read. */
  readonly isReadable: boolean
  readonly isBusy: boolean
  readonly onApprove: () => void
  readonly onAsk: (act: ReasonedAct) => void
}

/** In the reach of a thumb. */
function Verdicts(props: VerdictsProps) {
  return (
    <div class={css['verdicts']}>
      <Button kind="danger" size="large" onPress={() => props.onAsk('decline')}>
        {t('approval.decline')}
      </Button>
      <Button size="large" onPress={() => props.onAsk('send-back')}>
        {t('approval.sendBack')}
      </Button>
      <Button
        kind="main"
        size="large"
        keys="Ctrl+Enter"
        isBusy={props.isBusy}
        isDisabled={!props.isReadable}
        onPress={props.onApprove}
      >
        {t('approval.approve')}
      </Button>
    </div>
  )
}

/** Approving needs no reason; Ctrl+Enter does it too. */
function createDecisions(act: ReturnType<typeof createAct>, approval: () => ApprovalDetail) {
  const approve = async () => {
    const { docId, submission, mayDecide, paper } = approval()
    if (!mayDecide || paper === undefined || act.isBusy()) return
    const done = await act.run('decide', { docId, submission, verdict: 'approve', note: '' })
    if (done === undefined) return
    const said = done.isPosted ? 'approval.posted' : 'approval.approved'
    showToast({ kind: 'done', title: t(said, done.number) })
  }
  const post = async () => {
    const done = await act.run('postApproved', { docId: approval().docId })
    if (done !== undefined) showToast({ kind: 'done', title: t('approval.posted', done.number) })
  }
  const keyDown = (event: KeyboardEvent) => {
    if (!event.ctrlKey || event.key !== 'Enter') return
    event.preventDefault()
    void approve()
  }
  onMount(() => addEventListener('keydown', keyDown))
  onCleanup(() => removeEventListener('keydown', keyDown))
  return { approve, post }
}

/** Where the document itself is. */
function Leads(props: { readonly approval: ApprovalDetail; readonly onWithdraw: () => void }) {
  const href = () => `/documents/${props.approval.type}/${props.approval.docId}`
  const isWaiting = () => props.approval.state === 'waiting'
  return (
    <>
      <Show when={props.approval.isOwn && isWaiting()}>
        <Button icon="undo" onPress={props.onWithdraw}>
          {t('approval.withdraw')}
        </Button>
      </Show>
      <Show when={props.approval.isPosted || (props.approval.isOwn && !isWaiting())}>
        <ButtonLink href={href()}>
          {t(props.approval.isPosted ? 'approval.openDocument' : 'approval.edit')}
        </ButtonLink>
      </Show>
    </>
  )
}
