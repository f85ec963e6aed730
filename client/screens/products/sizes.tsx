/** 单重 and 体积 of one base unit: what freight and handling are shared by. Folded away where nobody uses them. */
import { createSignal, Show } from 'solid-js'
import { problemSentence } from '#client/text/problem-text.ts'
import { t } from '#client/text/translate.ts'
import { TextField } from '#client/ui/text-field.tsx'
import type { GroupProps } from './product-form.tsx'
import css from './products.module.css'

export function Sizes(props: GroupProps) {
  const isUsed = () => props.values.weight > 0 || props.values.volume > 0
  const hint = () =>
    props.values.baseUnit === '' ? '' : t('products.ofOneUnit', props.values.baseUnit)
  return (
    <Show when={!props.values.isService && !props.values.isBundle}>
      <details class={css['more']} open={isUsed()}>
        <summary>{t('products.sizes')}</summary>
        <p class={css['note']}>{t('products.sizesNote')}</p>
        <div class={css['fields']}>
          <WholeField
            label={t('products.weight')}
            hint={hint()}
            value={props.values.weight}
            onInput={(weight) => props.put({ weight })}
          />
          <WholeField
            label={t('products.volume')}
            hint={hint()}
            value={props.values.volume}
            onInput={(volume) => props.put({ volume })}
          />
        </div>
      </details>
    </Show>
  )
}

interface WholeFieldProps {
  readonly label: string
  readonly hint: string
  /** 0 where nothing is known. */
  readonly value: number
  readonly onInput: (value: number) => void
}

/** Up to a thousand tons, or cubic metres; anything else is marked and not taken. */
function WholeField(props: WholeFieldProps) {
  const [isWrong, setWrong] = createSignal(false)
  const input = (typed: string) => {
    const text = typed.trim()
    setWrong(!/^\d{0,9}$/.test(text))
    if (!isWrong()) props.onInput(Number(text))
  }
  return (
    <TextField
      label={props.label}
      hint={props.hint}
      problem={isWrong() ? problemSentence({ code: 'must-be-integer' }) : undefined}
      value={props.value === 0 ? '' : String(props.value)}
      onInput={input}
    />
  )
}
