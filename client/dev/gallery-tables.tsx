/** Gallery: the table of 50,000 rows and the line grid. */
import { createMemo, createSignal } from 'solid-js'
import { announce } from '#client/ui/announcer.tsx'
import { DataTable } from '#client/ui/data-table.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { FactList } from '#client/ui/fact-list.tsx'
import { LineGrid, type LineEdit } from '#client/ui/line-grid.tsx'
import type { LineColumn } from '#client/ui/line-columns.ts'
import { MoneyText } from '#client/ui/money-text.tsx'
import { PriceText } from '#client/ui/price-text.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { SplitPane } from '#client/ui/split-pane.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import { VirtualList } from '#client/ui/virtual-list.tsx'
import type { TableColumn, TableSort } from '#client/ui/table-column.ts'
import { countText } from '#client/text/figures.ts'
import { addMoney, type Money, zeroMoney } from '#domain/values/money.ts'
import { addQuantity, quantity, type Quantity, zeroQuantity } from '#domain/values/quantity.ts'
import { priceOf, unitPrice } from '#domain/values/unit-price.ts'
import css from './gallery.module.css'
import { beerUnits, type Goods, goodsAt, goodsCount, suggestGoods } from './gallery-data.ts'
import { Part, Specimen } from './gallery-part.tsx'

const goodsColumns: readonly TableColumn<Goods>[] = [
  { key: 'code', label: '条码', width: 140, hideBelow: 760, render: (row) => row.code },
  {
    key: 'name',
    label: '名称',
    width: 180,
    grow: 3,
    isSortable: true,
    render: (row) => row.name,
    total: () => '合计',
  },
  { key: 'specification', label: '规格', width: 100, grow: 1, render: (row) => row.specification },
  {
    key: 'onHand',
    label: '现存',
    width: 120,
    align: 'end',
    isSortable: true,
    render: (row) => <QuantityText value={row.onHand} unit="件" decimals={2} />,
    total: () => <QuantityText value={quantity(1_234_567_500)} unit="件" decimals={2} />,
  },
  {
    key: 'price',
    label: '零售价',
    width: 100,
    align: 'end',
    render: (row) => <PriceText value={unitPrice(row.price)} />,
  },
]

export function TablePart() {
  const [selected, setSelected] = createSignal<Goods>()
  const [sort, setSort] = createSignal<TableSort>({ key: 'name', direction: 'up' })
  const toggle = (key: string) =>
    setSort((now) => ({
      key,
      direction: now.key === key && now.direction === 'up' ? 'down' : 'up',
    }))
  return (
    <Part id="table" title="表：五万行">
      <Specimen caption="方向键移动，回车打开，右边说明" isWide>
        <div class={css['tall']}>
          <SplitPane
            title="为什么是这个数"
            isOpen={selected() !== undefined}
            onClose={() => setSelected(undefined)}
            side={<FactList facts={factsOf(selected())} />}
          >
            <Sheet isFlush isFull>
              <DataTable<Goods>
                label="商品"
                columns={goodsColumns}
                count={goodsCount}
                row={(index) => (index % 23 === 22 ? undefined : goodsAt(index))}
                rowKey={(row) => row.id}
                sort={sort()}
                onSort={toggle}
                onSelect={setSelected}
                onOpen={(row) => announce(`打开 ${row.name}`)}
                card={(row) => (
                  <>
                    <strong>{row.name}</strong>
                    <span>
                      {row.specification} · <QuantityText value={row.onHand} unit="件" />
                    </span>
                  </>
                )}
              />
            </Sheet>
          </SplitPane>
        </div>
      </Specimen>
      <Specimen caption="长清单">
        <div class={css['tall']}>
          <VirtualList
            label="长清单"
            count={goodsCount}
            rowHeight={48}
            render={(index) => (
              <p>
                {goodsAt(index).name} <Badge>{goodsAt(index).specification}</Badge>
              </p>
            )}
          />
        </div>
      </Specimen>
      <Specimen caption="没有行" isWide>
        <div class={css['tall']}>
          <Sheet isFlush isFull>
            <DataTable<Goods>
              label="空表"
              columns={goodsColumns.slice(0, 3)}
              count={0}
              row={() => undefined}
              rowKey={(row) => row.id}
              empty={<EmptyState icon="product" title="没有找到商品" text="换个拼音首字母试试。" />}
            />
          </Sheet>
        </div>
      </Specimen>
    </Part>
  )
}

function factsOf(row: Goods | undefined) {
  if (row === undefined) return []
  return [
    { label: '商品', value: row.name },
    { label: '条码', value: row.code },
    { label: '现存', value: <QuantityText value={row.onHand} unit="件" /> },
  ]
}

interface Line {
  readonly lineId: string
  readonly sku?: string
  readonly skuName?: string
  readonly quantity?: number
  readonly price?: number
  readonly kind?: string
  readonly note?: string
}

const firstLines: readonly Line[] = [
  {
    lineId: 'a',
    sku: 'sku-1',
    skuName: '青岛啤酒',
    quantity: 370_000,
    price: 4_500_000,
    kind: 'sold',
  },
  {
    lineId: 'b',
    sku: 'sku-0',
    skuName: '可口可乐',
    quantity: 240_000,
    price: 2_100_000,
    kind: 'gift',
  },
  {
    lineId: 'c',
    sku: 'sku-6',
    skuName: '维达抽纸',
    quantity: -20_000,
    price: 12_800_000,
    note: '换货',
  },
]

function amountOf(line: Line): Money {
  if (line.quantity === undefined || line.price === undefined) return zeroMoney
  return priceOf(quantity(line.quantity), unitPrice(line.price))
}

export function GridPart() {
  const [lines, setLines] = createSignal<readonly Line[]>(firstLines)
  const [flashed, setFlashed] = createSignal<string>()
  let made = 0
  const edit = async ({ rowKey, isNew, key, value, suggestion }: LineEdit) => {
    await new Promise((resolve) => setTimeout(resolve, 15))
    const name = suggestion === undefined ? {} : { skuName: suggestion.label }
    setLines((all) => {
      const isThere = all.some((line) => line.lineId === rowKey)
      const present = isThere || !isNew ? all : [...all, { lineId: rowKey }]
      return present.map((line) =>
        line.lineId === rowKey ? ({ ...line, [key]: value, ...name } as Line) : line,
      )
    })
  }
  const scan = (code: string) => {
    const lineId = `scan-${code}`
    setLines((all) => {
      const found = all.find((line) => line.lineId === lineId)
      if (found === undefined) {
        return [
          ...all,
          {
            lineId,
            sku: code,
            skuName: `扫到 ${code.slice(-4)}`,
            quantity: 10_000,
            price: 3_000_000,
          },
        ]
      }
      return all.map((line) =>
        line === found ? { ...line, quantity: (line.quantity ?? 0) + 10_000 } : line,
      )
    })
    setFlashed(lineId)
  }
  const columns = createMemo(() => lineColumns(lines))
  return (
    <Part id="grid" title="明细表格">
      <Specimen caption="直接打字（中文也行），回车到下一格，扫码加一" isWide>
        <div class={css['tall']}>
          <Sheet isFlush isFull>
            <LineGrid<Line>
              label="出库明细"
              isFull
              columns={columns()}
              rows={lines()}
              rowKey={(line) => line.lineId}
              newRowKey={() => `new-${++made}`}
              onEdit={edit}
              onRemove={(key) => setLines((all) => all.filter((line) => line.lineId !== key))}
              onScan={scan}
              flashKey={flashed()}
              problemAt={(key, column) =>
                key === 'c' && column === 'quantity' ? '要大于零；退回请用退货单' : undefined
              }
              presenceAt={(key, column) =>
                key === 'b' && column === 'price' ? { name: '店长', color: '#b0530a' } : undefined
              }
            />
          </Sheet>
        </div>
      </Specimen>
      <Specimen caption="只读" isWide>
        <Sheet isFlush>
          <LineGrid<Line>
            label="已过账明细"
            isReadOnly
            columns={columns()}
            rows={firstLines}
            rowKey={(line) => line.lineId}
            newRowKey={() => ''}
            onEdit={() => undefined}
            onRemove={() => undefined}
          />
        </Sheet>
      </Specimen>
    </Part>
  )
}

function lineColumns(lines: () => readonly Line[]): readonly LineColumn<Line>[] {
  const totalQuantity = (): Quantity =>
    lines().reduce((sum, line) => addQuantity(sum, quantity(line.quantity ?? 0)), zeroQuantity)
  const totalAmount = (): Money =>
    lines().reduce((sum, line) => addMoney(sum, amountOf(line)), zeroMoney)
  return [
    {
      key: 'sku',
      label: '商品',
      kind: 'reference',
      width: 200,
      grow: 3,
      isRequired: true,
      value: (line) => line.sku,
      display: (line) => line.skuName ?? '',
      note: (line) => (line.sku === undefined ? undefined : '500ml 瓶'),
      suggest: suggestGoods,
      total: () => `合计 ${countText(lines().length)} 行`,
    },
    {
      key: 'quantity',
      label: '数量',
      kind: 'quantity',
      width: 110,
      isRequired: true,
      units: () => beerUnits,
      value: (line) => line.quantity,
      total: () => <QuantityText value={totalQuantity()} unit="瓶" />,
    },
    { key: 'price', label: '单价', kind: 'price', width: 100, value: (line) => line.price },
    {
      key: 'amount',
      label: '金额',
      kind: 'computed',
      width: 120,
      value: (line) => amountOf(line),
      render: (line) => <MoneyText value={amountOf(line)} />,
      total: () => <MoneyText value={totalAmount()} hasCurrency />,
    },
    {
      key: 'kind',
      label: '类别',
      kind: 'choice',
      width: 90,
      hideBelow: 760,
      options: () => [
        { value: 'sold', label: '销售' },
        { value: 'gift', label: '赠品' },
        { value: 'sample', label: '样品' },
      ],
      value: (line) => line.kind,
    },
    {
      key: 'note',
      label: '备注',
      kind: 'text',
      width: 140,
      grow: 1,
      hideBelow: 720,
      value: (line) => line.note,
    },
  ]
}
