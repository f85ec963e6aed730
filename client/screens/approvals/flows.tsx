/** 审批流设置: the flows of the company with their pictures, a trial, and who stands in for whom. */
import { createSignal, For, Show } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import { createApprovalPeople } from '#client/queries/create-approvals.ts'
import { createMasters } from '#client/queries/create-masters.ts'
import { createSession } from '#client/queries/create-session.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { FlowPicture } from '#client/ui/flow-picture.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Page } from '#client/ui/page.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { flowsOf, type NamedFlow } from '#domain/masters/approval-flow.ts'
import { definitionOf } from '#domain/registry.ts'
import { FlowForm } from './flow-form.tsx'
import { placesOf, stepNotes, stepTitle } from './flow-text.ts'
import { FlowTrial } from './flow-trial.tsx'
import { Substitutes } from './substitutes.tsx'
import css from './approvals.module.css'

/** What a flow begins with: orders by the manager. */
function newFlow(): NamedFlow {
  return {
    ...{ id: uuidv7(), name: '', type: 'purchase-order', isSeparate: 1 },
    steps: [{ approvers: [{ role: 'manager' }], needs: 'any' }],
  }
}

export function ApprovalFlows() {
  const session = createSession()
  const companies = createMasters(() => 'company')
  const people = createApprovalPeople()
  const [edited, setEdited] = createSignal<NamedFlow>()
  const company = () => companies()?.rows.find(({ id }) => id === session()?.organizationId)
  const flows = () => flowsOf(company()?.fields ?? {})
  const isOwner = () => session()?.roles.includes('owner') ?? false
  return (
    <Page
      title={t('approval.flows')}
      lead={t('approval.flowsLead')}
      back="/approvals"
      actions={
        <Show when={isOwner()}>
          <Button kind="main" icon="plus" onPress={() => setEdited(newFlow())}>
            {t('approval.newFlow')}
          </Button>
        </Show>
      }
    >
      <Show when={!isOwner()}>
        <Notice kind="info" title={t('approval.ownerOnly')}>
          {t('approval.ownerOnlyNote')}
        </Notice>
      </Show>
      <Sheet isFlush>
        <For
          each={flows()}
          fallback={
            <EmptyState
              icon="check"
              title={t('approval.noFlows')}
              text={t('approval.noFlowsNote')}
            />
          }
        >
          {(flow) => (
            <section class={css['flow']}>
              <header class={css['flowHead']}>
                <h2 class={css['title']}>
                  {flow.name} · {labelText(definitionOf(flow.type)?.label ?? ['', ''])}
                </h2>
                <Show when={isOwner()}>
                  <Button size="small" icon="edit" onPress={() => setEdited(flow)}>
                    {t('approval.editFlow')}
                  </Button>
                </Show>
              </header>
              <FlowPicture
                label={flow.name}
                places={placesOf(flow, stepNotes, stepTitle(people() ?? []))}
              />
            </section>
          )}
        </For>
      </Sheet>
      <Show when={flows().length > 0}>
        <FlowTrial flows={flows()} people={people() ?? []} branchId={session()?.branchId ?? ''} />
        <Show when={isOwner() ? company() : undefined}>
          {(known) => <Substitutes company={known()} people={people() ?? []} />}
        </Show>
      </Show>
      <Show when={edited()} keyed>
        {(flow) => (
          <FlowForm
            flow={flow}
            companyId={company()?.id ?? ''}
            people={people() ?? []}
            isKnown={flows().some(({ id }) => id === flow.id)}
            onClose={() => setEdited(undefined)}
          />
        )}
      </Show>
    </Page>
  )
}
