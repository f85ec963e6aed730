/** 审批 (approvals): what waits for this person, what he submitted, and all that waits; each opens its document. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { ApprovalsArgs } from '#client/engine/face/face.ts'
import { createApprovals } from '#client/queries/create-approvals.ts'
import { t } from '#client/text/translate.ts'
import { ButtonLink } from '#client/ui/button-link.tsx'
import { Button } from '#client/ui/button.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { Segments } from '#client/ui/segments.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { OnceFilled } from '../filling.tsx'
import { ApprovalLine } from './approval-line.tsx'

const limitAtOnce = 100

export function Approvals() {
  const [which, setWhich] = createSignal<ApprovalsArgs['which']>('mine')
  const [limit, setLimit] = createSignal(limitAtOnce)
  const page = createMemo(() => ({ which: which(), offset: 0, limit: limit() }))
  const found = createApprovals(page)
  const rows = () => found()?.rows ?? []
  const left = () => (found()?.total ?? 0) - rows().length
  return (
    <Page
      title={t('approval.title')}
      lead={t('approval.lead')}
      actions={
        <>
          <ButtonLink href="/approvals/duties" icon="people">
            {t('approval.duties')}
          </ButtonLink>
          <ButtonLink href="/approvals/flows" icon="settings">
            {t('approval.flows')}
          </ButtonLink>
        </>
      }
    >
      <Segments
        label={t('approval.shown')}
        value={which()}
        options={[
          { value: 'mine', label: t('approval.mine') },
          { value: 'own', label: t('approval.own') },
          { value: 'all', label: t('approval.all') },
        ]}
        onChoose={setWhich}
      />
      <OnceFilled>
        <Show when={found()} fallback={<Skeleton shape="lines" count={6} />}>
          <Sheet isFlush>
            <For each={rows()} fallback={<Nothing which={which()} />}>
              {(row) => <ApprovalLine row={row} />}
            </For>
            <Show when={left() > 0}>
              <Button isWide onPress={() => setLimit((count) => count + limitAtOnce)}>
                {t('findings.more', left())}
              </Button>
            </Show>
          </Sheet>
        </Show>
      </OnceFilled>
    </Page>
  )
}

function Nothing(props: { readonly which: ApprovalsArgs['which'] }) {
  const isMine = () => props.which === 'mine'
  return (
    <EmptyState
      icon="check"
      title={t(isMine() ? 'approval.none' : 'approval.noneOther')}
      text={t(isMine() ? 'approval.noneNote' : 'approval.noneOtherNote')}
    />
  )
}
