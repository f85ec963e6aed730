/** 不相容职务 (separation of duties): who may both write and approve, and which documents it happened to. */
import { For, Show } from 'solid-js'
import { createDuties } from '#client/queries/create-approvals.ts'
import { createSession } from '#client/queries/create-session.ts'
import { shortMomentText } from '#client/text/dates.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import { definitionOf } from '#domain/registry.ts'
import { instant } from '#domain/values/instant.ts'
import css from './approvals.module.css'

function typeText(type: string): string {
  return labelText(definitionOf(type)?.label ?? [type, type])
}

export function Duties() {
  const duties = createDuties()
  const session = createSession()
  const at = (moment: number) =>
    shortMomentText(instant(moment), instant(Date.now()), session()?.zone ?? { offsetMinutes: 480 })
  return (
    <Page title={t('approval.duties')} lead={t('approval.dutiesLead')} back="/approvals">
      <Show when={duties()} fallback={<Skeleton shape="lines" count={6} />}>
        {(report) => (
          <>
            <Sheet title={t('approval.mayBoth')} isFlush>
              <For
                each={report().both}
                fallback={
                  <EmptyState
                    icon="check"
                    title={t('approval.noFlows')}
                    text={t('approval.noFlowsNote')}
                  />
                }
              >
                {(row) => (
                  <div class={css['row']}>
                    <span class={css['title']}>
                      {typeText(row.type)} · {row.flow}
                    </span>
                    <Badge tone={row.isSeparate ? 'green' : 'amber'}>
                      {t(row.isSeparate ? 'approval.separated' : 'approval.notSeparated')}
                    </Badge>
                    <span class={css['note']}>
                      {row.names.join(t('word.listEnd')) || t('approval.noneBoth')}
                    </span>
                  </div>
                )}
              </For>
            </Sheet>
            <Sheet title={t('approval.didBoth')} isFlush>
              <For
                each={report().done}
                fallback={
                  <EmptyState
                    icon="check"
                    title={t('approval.noneDid')}
                    text={t('approval.noneDidNote')}
                  />
                }
              >
                {(row) => (
                  <a class={css['row']} href={`/approvals/${row.docId}`}>
                    <span class={css['title']}>
                      {typeText(row.type)} {row.number}
                    </span>
                    <span class={css['note']}>
                      {row.byName} · {at(row.at)}
                    </span>
                  </a>
                )}
              </For>
            </Sheet>
          </>
        )}
      </Show>
    </Page>
  )
}
