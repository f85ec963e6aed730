/** An 异常 (finding) in words: what it is called, what happened here, what to do next. */
import type { FindingRow } from '#client/engine/face.ts'
import { quantityDigits } from './figures.ts'
import { t } from './translate.ts'
import { quantity } from '#domain/values/quantity.ts'

export interface FindingText {
  readonly title: string
  readonly what: string
  readonly next: string
}

export function findingText(finding: FindingRow): FindingText {
  const { evidence, skuName = '' } = finding
  const documents = finding.documents.map((each) => each.number).join(t('word.listEnd'))
  switch (finding.code) {
    case 'negative-stock': {
      const steps = typeof evidence['quantity'] === 'number' ? evidence['quantity'] : 0
      return {
        title: t('finding.negativeStock'),
        what: t('finding.negativeStockWhat', skuName, quantityDigits(quantity(steps))),
        next: t('finding.negativeStockNext'),
      }
    }
    case 'posted-twice':
      return said(
        'finding.postedTwice',
        'finding.postedTwiceWhat',
        'finding.postedTwiceNext',
        documents,
      )
    case 'duplicate-number':
      return said(
        'finding.duplicateNumber',
        'finding.duplicateNumberWhat',
        'finding.duplicateNumberNext',
        textOf(evidence['number']),
      )
    case 'duplicate-code':
      return said(
        'finding.duplicateCode',
        'finding.duplicateCodeWhat',
        'finding.duplicateCodeNext',
        textOf(evidence['text']),
      )
    case 'duplicate-barcode':
      return said(
        'finding.duplicateBarcode',
        'finding.duplicateBarcodeWhat',
        'finding.duplicateBarcodeNext',
        textOf(evidence['text']),
      )
    case 'over-returned':
      return said(
        'finding.overReturned',
        'finding.overReturnedWhat',
        'finding.overReturnedNext',
        documents,
      )
    case 'reversed-twice':
      return said(
        'finding.reversedTwice',
        'finding.reversedTwiceWhat',
        'finding.reversedTwiceNext',
        documents,
      )
    case 'reversal-without-document':
      return said(
        'finding.reversalAlone',
        'finding.reversalAloneWhat',
        'finding.reversalAloneNext',
        documents,
      )
    case 'link-broken':
      return said(
        'finding.linkBroken',
        'finding.linkBrokenWhat',
        'finding.linkBrokenNext',
        documents,
      )
    case 'provisional-cost':
      return said(
        'finding.provisionalCost',
        'finding.provisionalCostWhat',
        'finding.provisionalCostNext',
        skuName,
      )
    case 'update-needed':
      return said(
        'finding.updateNeeded',
        'finding.updateNeededWhat',
        'finding.updateNeededNext',
        textOf(evidence['kind']),
      )
    case 'malformed-record':
      return said(
        'finding.malformedRecord',
        'finding.malformedRecordWhat',
        'finding.malformedRecordNext',
        textOf(evidence['journal']),
      )
    case 'fork':
      return said(
        'finding.fork',
        'finding.forkWhat',
        'finding.forkNext',
        textOf(evidence['device']),
      )
    case 'clock-anomaly':
      return said(
        'finding.clockAnomaly',
        'finding.clockAnomalyWhat',
        'finding.clockAnomalyNext',
        textOf(evidence['device']),
      )
    default:
      return said('finding.other', 'finding.otherWhat', 'finding.otherNext', finding.code)
  }
}

type TitleKey = Extract<Parameters<typeof t>[0], `finding.${string}`>
type PlainKey = { [Key in TitleKey]: Key extends `${string}What` ? never : Key }[TitleKey]
type WhatKey = Exclude<Extract<TitleKey, `${string}What`>, 'finding.negativeStockWhat'>

function said(title: PlainKey, what: WhatKey, next: PlainKey, about: string): FindingText {
  return { title: t(title), what: t(what, about), next: t(next) }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
