/** 异常 (findings): a decision inbox. What happened, the evidence, what to do; it closes itself when the cause is gone. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { FindingRow } from '#client/engine/face/face.ts'
import { createFindings } from '#client/queries/create-home.ts'
import { createSession } from '#client/queries/create-session.ts'
import { findingText } from '#client/text/finding-text.ts'
import { labelText } from '#client/text/language.ts'
import { roleText } from '#client/text/role-text.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { Segments } from '#client/ui/segments.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import { definitionOf } from '#domain/registry.ts'
import { OnceFilled } from '../filling.tsx'
import css from './findings.module.css'

type Shown = 'decide' | 'all'

/** Nobody reads a thousand at once, and no screen should draw them. */
const limitAtOnce = 100

export function Findings() {
  const [shown, setShown] = createSignal<Shown>('decide')
  const [limit, setLimit] = createSignal(limitAtOnce)
  const page = createMemo(() => {
    const only = shown() === 'all' ? {} : ({ only: 'decide' } as const)
    return { ...only, offset: 0, limit: limit() }
  })
  const findings = createFindings(page)
  const rows = () => findings()?.rows ?? []
  return (
    <Page
      title={t('findings.title')}
      lead={t('findings.lead')}
      actions={
        <Segments
          label={t('findings.shown')}
          value={shown()}
          options={[
            { value: 'decide', label: t('findings.toDecide') },
            { value: 'all', label: t('word.all') },
          ]}
          onChoose={setShown}
        />
      }
    >
      <OnceFilled>
        <Show when={findings()} fallback={<Skeleton shape="lines" count={6} />}>
          <Sheet isFlush>
            <For
              each={rows()}
              fallback={
                <EmptyState
                  icon="check"
                  title={t('home.nothingWaits')}
                  text={t('findings.emptyNote')}
                />
              }
            >
              {(finding) => <Finding finding={finding} />}
            </For>
            <Show when={(findings()?.total ?? 0) > rows().length}>
              <p class={css['more']}>
                <Button onPress={() => setLimit((count) => count + limitAtOnce)}>
                  {t('findings.more', (findings()?.total ?? 0) - rows().length)}
                </Button>
              </p>
            </Show>
          </Sheet>
        </Show>
      </OnceFilled>
    </Page>
  )
}

function Finding(props: { readonly finding: FindingRow }) {
  const session = createSession()
  const act = createAct()
  const text = () => findingText(props.finding)
  const branch = () => session()?.branches.find((each) => each.id === props.finding.branchId)?.name
  const tone = () => {
    if (props.finding.severity === 'stop') return 'red'
    return props.finding.severity === 'decide' ? 'amber' : 'grey'
  }
  return (
    <article class={css['finding']}>
      <header class={css['head']}>
        <h2 class={css['title']}>{text().title}</h2>
        <Badge tone={tone()}>
          {t(props.finding.severity === 'info' ? 'finding.info' : 'finding.decide')}
        </Badge>
        <span class={css['group']}>
          {[branch(), roleText(props.finding.ownerRole)].filter(Boolean).join(' · ')}
        </span>
      </header>
      <p class={css['what']}>{text().what}</p>
      <p class={css['next']}>{text().next}</p>
      <div class={css['links']}>
        <Show when={props.finding.skuId}>
          {(skuId) => <a href={`/stock/${skuId()}`}>{props.finding.skuName ?? t('card.title')}</a>}
        </Show>
        <For each={props.finding.documents}>
          {(each) => (
            <a href={`/documents/${each.type}/${each.docId}`}>
              {labelText(definitionOf(each.type)?.label ?? [each.type, each.type])} {each.number}
            </a>
          )}
        </For>
        <Show when={props.finding.seenAs}>
          {(seenAs) => (
            <Button
              icon="check"
              isBusy={act.isBusy()}
              onPress={() => {
                const { key, branchId } = props.finding
                void act.run('seeFinding', { key, branchId, seenAs: seenAs() })
              }}
            >
              {t('finding.seen')}
            </Button>
          )}
        </Show>
      </div>
    </article>
  )
}
