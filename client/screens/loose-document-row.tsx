/** A document that is in no figure, as far as its records say it, with what can be done about it. */
import { type JSX, Show } from 'solid-js'
import type { LooseDocument } from '#client/engine/face/face.ts'
import { momentText } from '#client/text/dates.ts'
import { labelText } from '#client/text/language.ts'
import { type TextKey, t } from '#client/text/translate.ts'
import { MoneyText } from '#client/ui/money-text.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import { definitionOf } from '#domain/registry.ts'
import type { Zone } from '#domain/values/business-date.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import rowCss from './entry-row.module.css'
import css from './devices/devices.module.css'

export interface LooseDocumentRowProps {
  readonly document: LooseDocument
  readonly zone: Pick<Zone, 'offsetMinutes'>
  /** What makes it doubtful, in a word. */
  readonly warning?: string | undefined
  /** Why it is here. */
  readonly reason?: string | undefined
  /** What can be done. */
  readonly children?: JSX.Element
}

const actTexts: Readonly<Record<Exclude<LooseDocument['act'], 'posted'>, TextKey>> = {
  supplied: 'loose.supplied',
  reversed: 'state.reversed',
  unapproved: 'state.unapproved',
}

export function LooseDocumentRow(props: LooseDocumentRowProps) {
  const typeText = () => {
    const label = definitionOf(props.document.type)?.label
    return label === undefined ? t('loose.document') : labelText(label)
  }
  const actText = () => {
    const { act } = props.document
    return act === 'posted' ? undefined : t(actTexts[act])
  }
  const moment = (at: number) => momentText(instant(at), props.zone)
  return (
    <div class={rowCss['row']}>
      <div class={css['main']}>
        <span class={css['name']}>{typeText()}</span>
        <code class={css['code']}>{props.document.number}</code>
        <Show when={actText()}>{(text) => <Badge tone="grey">{text()}</Badge>}</Show>
        <Show when={props.warning}>{(text) => <Badge tone="red">{text()}</Badge>}</Show>
        <Show when={props.document.amount}>
          {(amount) => <MoneyText value={money(amount())} />}
        </Show>
      </div>
      <div class={rowCss['note']}>
        {t(
          'loose.written',
          moment(props.document.at),
          moment(props.document.recordedAt),
          props.document.byName,
        )}
      </div>
      <Show when={props.reason}>{(text) => <div class={css['refusal']}>{text()}</div>}</Show>
      <Show when={props.children}>
        <div class={rowCss['act']}>{props.children}</div>
      </Show>
    </div>
  )
}
