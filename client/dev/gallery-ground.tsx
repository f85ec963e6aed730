/** Gallery: colours, type, icons, stamps, figures. */
import { For } from 'solid-js'
import { iconShapes, type IconName } from '#client/ui/icon-shapes.ts'
import { Bars } from '#client/ui/bars.tsx'
import { DocumentChain } from '#client/ui/document-chain.tsx'
import { FactList } from '#client/ui/fact-list.tsx'
import { Figure } from '#client/ui/figure.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { PriceText } from '#client/ui/price-text.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { SparkLine } from '#client/ui/spark-line.tsx'
import { Badge, DateStamp, Stamp, type StampState } from '#client/ui/stamp.tsx'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import css from './gallery.module.css'
import { beerUnits, spark } from './gallery-data.ts'
import { Part, Specimen } from './gallery-part.tsx'

const colours = [
  'ground',
  'sheet',
  'sunken',
  'lift',
  'hover',
  'rule',
  'line',
  'ink',
  'ink-2',
  'ink-3',
  'accent',
  'accent-fill',
  'accent-soft',
  'selected',
  'red',
  'red-soft',
  'amber',
  'amber-soft',
  'green',
  'green-soft',
]
const sizes = ['44', '28', '20', '16', '14', '13', '12']
const states: readonly StampState[] = [
  'draft',
  'submitted',
  'posted',
  'saved',
  'synced',
  'sealed',
  'reversed',
  'declined',
  'discarded',
  'pending',
]

export function GroundPart() {
  return (
    <Part id="ground" title="底色、墨色、字">
      <Specimen caption="色" isWide>
        <div class={css['swatches']}>
          <For each={colours}>
            {(name) => (
              <span class={css['swatch']}>
                <span class={css['colour']} style={{ background: `var(--${name})` }} />
                {name}
              </span>
            )}
          </For>
        </div>
      </Specimen>
      <Specimen caption="字号" isWide>
        <For each={sizes}>
          {(size) => (
            <span class={css['typeRow']} style={{ 'font-size': `var(--t${size})` }}>
              账目清楚 1,234.50
            </span>
          )}
        </For>
      </Specimen>
      <Specimen caption="图标" isWide>
        <div class={css['icons']}>
          <For each={Object.keys(iconShapes) as IconName[]}>
            {(name) => (
              <span class={css['iconName']}>
                <Icon name={name} />
                {name}
              </span>
            )}
          </For>
        </div>
      </Specimen>
    </Part>
  )
}

export function StatesPart() {
  return (
    <Part id="states" title="状态">
      <Specimen caption="印章" isWide>
        <span class={css['inline']}>
          <For each={states}>{(state) => <Stamp state={state} />}</For>
          <Badge>赠品</Badge>
          <Badge tone="accent">店长</Badge>
          <Badge tone="amber">近效期</Badge>
        </span>
      </Specimen>
      <Specimen caption="日期章">
        <span class={css['inline']}>
          <DateStamp state="posted" date="2026-11-22" by="仓管" />
          <DateStamp state="reversed" date="2026-11-23" by="财务" />
        </span>
      </Specimen>
      <Specimen caption="单据链" isWide>
        <DocumentChain
          label="单据链"
          links={[
            { label: '采购订单', number: 'CGDD261118-001-A7-0031', href: '#', state: 'posted' },
            {
              label: '采购入库',
              number: 'CGRK261122-001-A7-0107',
              state: 'synced',
              isHere: true,
            },
            { label: '采购发票' },
            { label: '付款' },
          ]}
        />
      </Specimen>
    </Part>
  )
}

export function FiguresPart() {
  return (
    <Part id="figures" title="数">
      <Specimen caption="金额">
        <span class={css['figures']}>
          <MoneyText value={money(123_456_78)} hasCurrency />
          <MoneyText value={money(-50)} />
          <MoneyText value={money(0)} />
          <MoneyText value={money(98_765_432_10)} />
        </span>
      </Specimen>
      <Specimen caption="数量，小数点对齐">
        <span class={css['figures']}>
          <QuantityText value={quantity(125_000)} unit="公斤" decimals={2} />
          <QuantityText value={quantity(400_000)} unit="公斤" decimals={2} />
          <QuantityText value={quantity(-2_500)} unit="公斤" decimals={2} />
          <QuantityText value={quantity(370_000)} units={beerUnits} />
          <QuantityText value={quantity(-250_000)} units={beerUnits} isSigned />
        </span>
      </Specimen>
      <Specimen caption="单价">
        <span class={css['figures']}>
          <PriceText value={unitPrice(5_000_000)} unit="瓶" hasCurrency />
          <PriceText value={unitPrice(1_234_567)} unit="瓶" />
        </span>
      </Specimen>
      <Specimen caption="要紧的数">
        <span class={css['inline']}>
          <Figure label="现存" size="huge" note="3 个仓库" href="#">
            <QuantityText value={quantity(3_050_000)} units={beerUnits} />
          </Figure>
          <Figure label="成本" size="large" note="移动加权平均">
            <MoneyText value={money(123_456)} hasCurrency />
          </Figure>
        </span>
      </Specimen>
      <Specimen caption="走势">
        <SparkLine values={spark} label="近 90 天库存，从 120 到 305" width={240} isFilled />
        <SparkLine values={spark.map((value) => value - 140)} label="净流量" width={240} />
      </Specimen>
      <Specimen caption="条">
        <Bars
          label="今天各店销售"
          bars={[
            {
              label: '中山路店',
              value: 1_241_000,
              text: <MoneyText value={money(1_241_000)} />,
              isMarked: true,
              href: '#',
            },
            {
              label: '大学城店',
              value: 988_050,
              text: <MoneyText value={money(988_050)} />,
              href: '#',
            },
            {
              label: '火车站店',
              value: 412_300,
              text: <MoneyText value={money(412_300)} />,
              href: '#',
            },
          ]}
        />
      </Specimen>
      <Specimen caption="表头" isWide>
        <Sheet title="采购入库单" note="CGRK261122-001-A7-0107">
          <FactList
            facts={[
              { label: '业务日期', value: '2026-11-22' },
              { label: '供应商', value: '青岛啤酒华东经销部' },
              { label: '仓库', value: '中山路店·前仓' },
              { label: '经手人', value: '仓管' },
              { label: '备注', value: '两箱外包装破损，已当面点清', isWide: true },
            ]}
          />
        </Sheet>
      </Specimen>
    </Part>
  )
}
