/** Beside the price of a line: where it comes from, what was agreed last, and that it is too low. */
import type { LinePrice } from '#client/engine/face/face.ts'
import { agoText } from '#client/text/dates.ts'
import { priceText } from '#client/text/figures.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { priceRules } from '#domain/masters/price-proposal.ts'
import { instant } from '#domain/values/instant.ts'
import { unitPrice } from '#domain/values/unit-price.ts'

export type LinePrices = Readonly<Record<string, LinePrice>>

/** '会员 · 上次 3.10（3 天前）' of a line whose price follows `rule`; '' where nothing is known. */
export function priceNote(prices: LinePrice | undefined, rule: unknown): string {
  const chosen = prices?.proposals.find((each) => each.rule === rule)
  const last = rule === 'last' ? undefined : prices?.last
  const texts = [
    prices?.isBelowMinimum && t('prices.tooLow'),
    chosen && (chosen.listName ?? ruleText(chosen.rule)),
    last && t('prices.last', priceText(unitPrice(last.price)), agoOf(last.at)),
  ]
  return texts.filter((text) => typeof text === 'string').join(' · ')
}

function ruleText(rule: string): string {
  const label = Object.entries(priceRules).find(([name]) => name === rule)?.[1]
  return label === undefined ? rule : labelText(label)
}

function agoOf(at: number): string {
  return agoText(instant(at), instant(Date.now()))
}
