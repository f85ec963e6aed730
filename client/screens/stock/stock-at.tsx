/** 某日库存 (stock on a day): all goods at the end of a day, today by default, and the same as a file for a spreadsheet. */
import { useNavigate } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import { GoodsQuantity } from '#client/documents/goods-quantity.tsx'
import type { StockAtRow } from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import {
  createStockAtRows,
  createStockAtTotals,
  readStockAt,
} from '#client/queries/create-stock.ts'
import { countText, moneyText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { classes } from '#client/ui/classes.ts'
import { Checkbox } from '#client/ui/checkbox.tsx'
import { DataTable } from '#client/ui/data-table.tsx'
import { DateField } from '#client/ui/date-field.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { Page } from '#client/ui/page.tsx'
import { SearchField } from '#client/ui/search-field.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import type { TableColumn } from '#client/ui/table-column.ts'
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  startOf,
} from '#domain/values/business-date.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import { saveFile } from '../save-file.ts'
import { stockAtFile } from './stock-at-file.ts'
import { GoodsCard, codeColumn, productColumn } from './product-column.tsx'
import css from './stock.module.css'
import { WarehouseChoice } from './warehouse-choice.tsx'

const china = { offsetMinutes: 480, cutOffMinutes: 0 }

export function StockAt() {
  const navigate = useNavigate()
  const session = createSession()
  const zone = () => session()?.zone ?? china
  const [chosen, setChosen] = createSignal<BusinessDate>()
  const [search, setSearch] = createSignal('')
  const [warehouseId, setWarehouseId] = createSignal<string>()
  const [isCompared, setCompared] = createSignal(false)
  const day = () => chosen() ?? businessDateOf(instant(Date.now()), zone())
  const filter = createMemo(() => {
    const warehouse = warehouseId()
    return {
      ...{ at: startOf(addDays(day(), 1), zone()) - 1, isCompared: isCompared() },
      ...(search() === '' ? {} : { search: search() }),
      ...(warehouse === undefined ? {} : { warehouseId: warehouse }),
    }
  })
  const rows = createStockAtRows(filter)
  const totals = createStockAtTotals(filter)
  const isCosted = () => totals()?.known.value !== undefined
  async function exportAll(): Promise<void> {
    saveFile(t('at.fileName', day()), stockAtFile(await readStockAt(filter())))
  }
  return (
    <Page
      title={t('at.title')}
      back="/stock"
      lead={
        <Lead total={rows.total()} value={totals()?.known.value} differing={totals()?.differing} />
      }
      isFull
      actions={
        <Button icon="download" onPress={() => void exportAll()}>
          {t('at.export')}
        </Button>
      }
    >
      <div class={classes(css['bar'], css['barLong'])}>
        <DateField label={t('at.day')} value={day()} onCommit={setChosen} />
        <SearchField
          label={t('stock.search')}
          hint={t('stock.searchHint')}
          value={search()}
          onInput={setSearch}
        />
        <WarehouseChoice value={warehouseId()} onChoose={setWarehouseId} />
        <Checkbox label={t('at.compare')} isChecked={isCompared()} onChange={setCompared} />
      </div>
      <Show when={totals()?.isToCome}>
        <p class={css['thenNote']}>{t('then.toCome')}</p>
      </Show>
      <Show
        when={!isCosted() && warehouseId() !== undefined && session()?.audiences.includes('buying')}
      >
        <p class={css['thenNote']}>{t('at.shared')}</p>
      </Show>
      <Sheet isFlush isFull>
        <DataTable
          label={t('at.title')}
          columns={columnsOf(isCosted(), totals()?.believed !== undefined)}
          count={rows.total() ?? 0}
          row={rows.row}
          rowKey={(row) => `${row.skuId}|${row.branchName}`}
          onVisible={rows.see}
          onOpen={(row) => navigate(`/stock/${row.skuId}`)}
          card={(row) => <StockAtCard row={row} />}
          empty={
            <Show when={rows.total() !== undefined}>
              <EmptyState icon="stock" title={t('at.empty')} text={t('at.emptyNote')} />
            </Show>
          }
        />
      </Sheet>
    </Page>
  )
}

function Lead(props: {
  readonly total: number | undefined
  readonly value: number | undefined
  readonly differing: number | undefined
}) {
  const rows = () => countText(props.total ?? 0)
  const sum = () =>
    props.value === undefined
      ? t('at.lead', rows())
      : t('at.leadValue', rows(), moneyText(money(props.value)))
  return (
    <Show when={props.total !== undefined}>
      {[
        sum(),
        ...(props.differing === undefined ? [] : [t('at.differing', countText(props.differing))]),
      ].join(' · ')}
    </Show>
  )
}

function columnsOf(isCosted: boolean, isCompared: boolean): readonly TableColumn<StockAtRow>[] {
  return [
    codeColumn(),
    productColumn(),
    {
      key: 'branch',
      label: t('stock.branch'),
      width: 110,
      grow: 1,
      hideBelow: 900,
      render: (row) => row.branchName,
    },
    ...figureColumns('known', isCosted),
    ...(isCompared ? figureColumns('believed', isCosted) : []),
  ]
}

function figureColumns(
  which: 'known' | 'believed',
  isCosted: boolean,
): readonly TableColumn<StockAtRow>[] {
  const ofQuantity: TableColumn<StockAtRow> = {
    ...{ key: which, label: t(`at.${which}`), width: 130, align: 'end' },
    render: (row) => <GoodsQuantity goods={row} value={row[which]?.quantity ?? 0} />,
  }
  const ofValue: TableColumn<StockAtRow> = {
    ...{ key: `${which}Value`, label: t(`at.${which}Value`), width: 130, align: 'end' },
    render: (row) => <MoneyText value={money(row[which]?.value ?? 0)} />,
  }
  return isCosted ? [ofQuantity, ofValue] : [ofQuantity]
}

function StockAtCard(props: { readonly row: StockAtRow }) {
  const known = () => props.row.known
  return (
    <GoodsCard goods={props.row} held={known().quantity} place={props.row.branchName}>
      <Show when={known().value !== undefined} fallback={<span />}>
        <MoneyText value={money(known().value ?? 0)} />
      </Show>
    </GoodsCard>
  )
}
