/**
 * 变动说明 (what changed): the figures that other devices have changed since somebody looked here, each with the
 * documents that did it. Before and all causes make after; every document opens.
 */
import { useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { ChangePage } from '#client/engine/face/face.ts'
import { createChanges } from '#client/queries/create-changes.ts'
import { createSession } from '#client/queries/create-session.ts'
import { momentText } from '#client/text/dates.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ButtonLink } from '#client/ui/button-link.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { instant } from '#domain/values/instant.ts'
import { Change } from './change.tsx'
import css from './changes.module.css'

/** Nobody reads two thousand at once, and no screen should draw them. */
const limitAtOnce = 50

export function Changes() {
  const [params] = useSearchParams<{ sku?: string }>()
  const [limit, setLimit] = createSignal(limitAtOnce)
  const session = createSession()
  const act = createAct()
  const page = createMemo(() => ({
    ...{ offset: 0, limit: limit() },
    ...(params.sku === undefined ? {} : { skuId: params.sku }),
  }))
  const changes = createChanges(page)
  const since = () => changes()?.since
  async function seeAll(): Promise<void> {
    if (await act.run('seeChanges', {})) showToast({ kind: 'done', title: t('changes.seen') })
  }
  return (
    <Page
      title={t('changes.title')}
      lead={
        <Show when={since()}>
          {(at) =>
            t('changes.since', momentText(instant(at()), session()?.zone ?? { offsetMinutes: 480 }))
          }
        </Show>
      }
      actions={
        <>
          <Show when={params.sku !== undefined}>
            <ButtonLink href="/changes">{t('changes.showAll')}</ButtonLink>
          </Show>
          <Show when={params.sku === undefined && (changes()?.total ?? 0) > 0}>
            <Button kind="main" icon="check" isBusy={act.isBusy()} onPress={() => void seeAll()}>
              {t('changes.seeAll')}
            </Button>
          </Show>
        </>
      }
    >
      <ProblemNotices problems={act.problems()} />
      <Show when={changes()} fallback={<Skeleton shape="lines" count={6} />}>
        {(found) => (
          <Listed page={found()} onMore={() => setLimit((count) => count + limitAtOnce)} />
        )}
      </Show>
    </Page>
  )
}

function Listed(props: { readonly page: ChangePage; readonly onMore: () => void }) {
  const isSynced = () => props.page.since !== undefined
  const left = () => props.page.total - props.page.rows.length
  return (
    <Sheet isFlush>
      <For
        each={props.page.rows}
        fallback={
          <EmptyState
            icon={isSynced() ? 'check' : 'clock'}
            title={t(isSynced() ? 'changes.empty' : 'changes.notYet')}
            text={t(isSynced() ? 'changes.emptyNote' : 'changes.notYetNote')}
          />
        }
      >
        {(change) => <Change change={change} />}
      </For>
      <Show when={left() > 0}>
        <div class={css['more']}>
          <Button onPress={props.onMore}>{t('changes.more', left())}</Button>
        </div>
      </Show>
      <Show when={props.page.changed > props.page.total}>
        <p class={css['more']}>{t('changes.cut', props.page.total)}</p>
      </Show>
    </Sheet>
  )
}
