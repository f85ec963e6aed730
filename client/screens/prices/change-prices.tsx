/** 批量调价: how all prices of the table change at once. */
import { createSignal } from 'solid-js'
import { countText } from '#client/text/figures.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import type { PriceChange } from '#domain/masters/price-change.ts'
import { priceRoundings } from '#domain/masters/price-list.ts'
import { parseDecimal } from '#domain/values/decimal-text.ts'
import { percentDecimals } from '#domain/values/percent.ts'
import { unitPriceDecimals } from '#domain/values/unit-price.ts'
import css from './prices.module.css'

const ways = {
  percent: ['prices.byPercent', 'prices.percent', percentDecimals],
  amount: ['prices.byAmount', 'prices.amount', unitPriceDecimals],
  margin: ['prices.byMargin', 'prices.margin', percentDecimals],
} as const

type Way = keyof typeof ways

export function ChangePrices(props: {
  readonly count: number
  readonly onApply: (change: PriceChange) => void
  readonly onClose: () => void
}) {
  const [by, setBy] = createSignal<Way>('percent')
  const [text, setText] = createSignal('')
  const [rounding, setRounding] = createSignal('fen')
  const figure = () => {
    const read = parseDecimal(text().trim(), ways[by()][2])
    return read.ok ? read.value : undefined
  }
  const apply = (value: number) => {
    props.onApply({ by: by(), figure: value, rounding: rounding() })
    props.onClose()
  }
  return (
    <Dialog
      isOpen
      size="small"
      title={t('prices.changeTitle')}
      onClose={props.onClose}
      footer={
        <Button
          kind="main"
          isDisabled={figure() === undefined}
          onPress={() => {
            const value = figure()
            if (value !== undefined) apply(value)
          }}
        >
          {t('prices.apply')}
        </Button>
      }
    >
      <p>{t('prices.changeNote', countText(props.count))}</p>
      <div class={css['fields']}>
        <ChoiceField
          label={t('prices.changeBy')}
          value={by()}
          options={(Object.keys(ways) as readonly Way[]).map((value) => ({
            value,
            label: t(ways[value][0]),
          }))}
          onCommit={(value) => setBy((value as Way | undefined) ?? 'percent')}
        />
        <TextField
          label={t(ways[by()][1])}
          value={text()}
          hasFocus
          onInput={setText}
          {...(text() !== '' && figure() === undefined && { problem: t('prices.figureWrong') })}
        />
        <ChoiceField
          label={t('prices.rounding')}
          value={rounding()}
          options={Object.entries(priceRoundings).map(([value, label]) => ({
            value,
            label: labelText(label),
          }))}
          onCommit={(value) => setRounding(value ?? 'fen')}
        />
      </div>
    </Dialog>
  )
}
