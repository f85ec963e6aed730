/**
 * 首页 (home): a sentence for today, what waits for a decision, branches as small multiples, the last
 * documents. Every figure opens the records behind it. Money shows only where this device may read it.
 */
import { For, type JSX, Show } from 'solid-js'
import { definitionOf } from '#domain/registry.ts'
import type { HomeFigures } from '#client/engine/face/face.ts'
import { createApprovals } from '#client/queries/create-approvals.ts'
import { createChangeCount } from '#client/queries/create-changes.ts'
import { createHome } from '#client/queries/create-home.ts'
import { createSession } from '#client/queries/create-session.ts'
import { dayText, shortMomentText } from '#client/text/dates.ts'
import { countText, moneyText } from '#client/text/figures.ts'
import { findingText } from '#client/text/finding-text.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Figure } from '#client/ui/figure.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { Page } from '#client/ui/page.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { SparkLine } from '#client/ui/spark-line.tsx'
import { Badge, Stamp } from '#client/ui/stamp.tsx'
import { businessDate } from '#domain/values/business-date.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import { ApprovalLine } from '../approvals/approval-line.tsx'
import { OnceFilled } from '../filling.tsx'
import css from './home.module.css'

const decisionsShown = 6
const approvalsShown = 3

export function Home() {
  const home = createHome()
  return (
    <Page
      title={t('home.title')}
      lead={<Show when={home()}>{(at) => dayText(businessDate(at().businessDate))}</Show>}
    >
      <OnceFilled>
        <Show when={home()} fallback={<Skeleton shape="lines" count={8} />}>
          {(figures) => (
            <>
              <Today figures={figures()} />
              <ToApprove />
              <div class={css['columns']}>
                <div class={css['stack']}>
                  <Branches figures={figures()} />
                  <Latest figures={figures()} />
                </div>
                <div class={css['stack']}>
                  <Decisions figures={figures()} />
                  <StockAtAGlance figures={figures()} />
                </div>
              </div>
            </>
          )}
        </Show>
      </OnceFilled>
    </Page>
  )
}

/** What waits for this person, the longest first; nothing where nothing does. */
function ToApprove() {
  const found = createApprovals(() => ({ which: 'mine', offset: 0, limit: approvalsShown }))
  return (
    <Show when={(found()?.total ?? 0) > 0}>
      <Sheet
        title={t('approval.homeTitle', found()?.total ?? 0)}
        isFlush
        actions={<a href="/approvals">{t('approval.open')}</a>}
      >
        <For each={found()?.rows}>{(row) => <ApprovalLine row={row} />}</For>
      </Sheet>
    </Show>
  )
}

/** "今天 3 店共卖 32,410.00 元，比上周六多 8 %；3 件事等你决定". */
function Today(props: { readonly figures: HomeFigures }): JSX.Element {
  const waiting = () => props.figures.decisions
  const changed = createChangeCount()
  return (
    <div>
      <Show
        when={props.figures.sales}
        fallback={
          <p class={css['today']}>
            {t('home.stockSentence', props.figures.skusInStock, props.figures.skusNegative)}
          </p>
        }
      >
        {(sales) => (
          <p class={css['today']}>
            {t('home.soldBefore', props.figures.byBranch.length)}
            <strong>{moneyText(money(sales().amount))}</strong>
            {t('home.soldAfter', sales().documents)}
            {comparison(sales())}
          </p>
        )}
      </Show>
      <p class={css['quietLine']}>
        {waiting() === 0 ? t('home.nothingWaits') : t('home.waiting', waiting())}
      </p>
      <Show when={changed() > 0}>
        <p class={css['quietLine']}>
          {t('changes.notice', countText(changed()))} · <a href="/changes">{t('changes.why')}</a>
        </p>
      </Show>
    </div>
  )
}

function comparison(sales: NonNullable<HomeFigures['sales']>): string {
  const { amount, documents, sameDayLastWeek: before } = sales
  if (before === 0) return t('home.noComparison')
  // Nothing is sold before the doors open: that is no loss of a hundred per cent.
  if (documents === 0) return t('home.lastWeekWas', moneyText(money(before)))
  const percent = Math.round(((amount - before) * 100) / before)
  if (percent === 0) return t('home.sameAsLastWeek')
  return percent > 0 ? t('home.moreThanLastWeek', percent) : t('home.lessThanLastWeek', 0 - percent)
}

function Branches(props: { readonly figures: HomeFigures }) {
  return (
    <Show when={props.figures.sales !== undefined}>
      <Sheet title={t('home.branches')} note={t('home.last30Days')}>
        <div class={css['branches']}>
          <For each={props.figures.byBranch}>
            {(branch) => (
              <div class={css['branch']}>
                <span class={css['branchName']}>{branch.name}</span>
                <span class={css['branchAmount']}>
                  <MoneyText value={money(branch.amount ?? 0)} />
                </span>
                <SparkLine
                  label={t('home.branchTrend', branch.name)}
                  values={branch.days.map((day) => day.amount)}
                  height={40}
                />
              </div>
            )}
          </For>
        </div>
      </Sheet>
    </Show>
  )
}

function Decisions(props: { readonly figures: HomeFigures }) {
  const shown = () => props.figures.findings.slice(0, decisionsShown)
  return (
    <Sheet
      title={t('home.decisions')}
      isFlush
      actions={
        <Show when={props.figures.decisions > decisionsShown}>
          <a href="/findings">{t('home.allFindings', props.figures.decisions)}</a>
        </Show>
      }
    >
      <Show
        when={shown().length > 0}
        fallback={
          <EmptyState
            icon="check"
            title={t('home.nothingWaits')}
            text={t('home.nothingWaitsNote')}
          />
        }
      >
        <div class={css['list']}>
          <For each={shown()}>
            {(finding) => (
              <a class={css['row']} href="/findings">
                <span class={css['rowTitle']}>{findingText(finding).title}</span>
                <Badge tone={finding.severity === 'stop' ? 'red' : 'amber'}>
                  {t(finding.severity === 'info' ? 'finding.info' : 'finding.decide')}
                </Badge>
                <span class={css['rowText']}>{findingText(finding).what}</span>
              </a>
            )}
          </For>
        </div>
      </Show>
    </Sheet>
  )
}

function StockAtAGlance(props: { readonly figures: HomeFigures }) {
  return (
    <Sheet title={t('home.stock')}>
      <div class={css['figures']}>
        <Figure label={t('home.skusInStock')} href="/stock">
          {String(props.figures.skusInStock)}
        </Figure>
        <Figure label={t('home.skusNegative')} href="/stock?only=negative">
          {String(props.figures.skusNegative)}
        </Figure>
        <Show when={props.figures.stockValue !== undefined}>
          <Figure label={t('home.stockValue')} href="/stock">
            <MoneyText value={money(props.figures.stockValue ?? 0)} />
          </Figure>
        </Show>
        <Show when={props.figures.grossProfit !== undefined}>
          <Figure label={t('home.grossProfit')} href="/documents/shipment">
            <MoneyText value={money(props.figures.grossProfit ?? 0)} />
          </Figure>
        </Show>
      </div>
    </Sheet>
  )
}

function Latest(props: { readonly figures: HomeFigures }) {
  const session = createSession()
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  return (
    <Sheet title={t('home.latest')} isFlush>
      <Show
        when={props.figures.latest.length > 0}
        fallback={
          <EmptyState
            icon="document"
            title={t('home.noDocuments')}
            text={t('home.noDocumentsNote')}
          />
        }
      >
        <div class={css['list']}>
          <For each={props.figures.latest}>
            {(row) => (
              <a class={css['row']} href={`/documents/${row.type}/${row.docId}`}>
                <span class={css['rowTitle']}>
                  {labelText(definitionOf(row.type)?.label ?? [row.type, row.type])} {row.number}
                </span>
                <Stamp state={row.state} />
                <span class={css['rowNote']}>
                  {shortMomentText(instant(row.at), instant(Date.now()), zone())} · {row.byName}
                </span>
                <span class={css['rowNote']}>
                  <Show when={row.amount !== undefined}>
                    <MoneyText value={money(row.amount ?? 0)} />
                  </Show>
                </span>
              </a>
            )}
          </For>
        </div>
      </Show>
    </Sheet>
  )
}
