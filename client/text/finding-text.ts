/** An 异常 (finding) in words: what it is called, what happened here, what to do next. */
import type { FindingRow } from '#client/engine/face/face.ts'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import { moneyText, quantityDigits } from './figures.ts'
import { statusOfFact } from './goods-text.ts'
import { policyText } from './policy-text.ts'
import { t } from './translate.ts'

export interface FindingText {
  readonly title: string
  readonly what: string
  readonly next: string
}

/** What a saying is about, cut to the words that it needs. */
interface About {
  readonly skuName: string
  /** Numbers of the documents concerned. */
  readonly documents: string
  readonly fact: (name: string) => string
  /** Which of the goods in a warehouse: 'B1 · A-1 · 冻结'. */
  readonly part: string
  /** A fact of the cost policy. */
  readonly policy: (name: string) => string
  readonly quantity: string
  /** A fact that is a quantity. */
  readonly amount: (name: string) => string
  /** A fact that is an amount of money. */
  readonly money: (name: string) => string
  /** A fact that is a quantity, with its sign. */
  readonly steps: (name: string) => string
}

type Saying = (about: About) => readonly [title: string, what: string, next: string]

const sayings: Readonly<Record<string, Saying>> = {
  'negative-stock': (about) => [
    t('finding.negativeStock'),
    t('finding.negativeStockWhat', about.skuName, about.quantity),
    t('finding.negativeStockNext'),
  ],
  'posted-twice': (about) => [
    t('finding.postedTwice'),
    t('finding.postedTwiceWhat', about.documents),
    t('finding.postedTwiceNext'),
  ],
  'duplicate-number': (about) => [
    t('finding.duplicateNumber'),
    t('finding.duplicateNumberWhat', about.fact('number')),
    t('finding.duplicateNumberNext'),
  ],
  'duplicate-code': (about) => [
    t('finding.duplicateCode'),
    t('finding.duplicateCodeWhat', about.fact('text')),
    t('finding.duplicateCodeNext'),
  ],
  'duplicate-barcode': (about) => [
    t('finding.duplicateBarcode'),
    t('finding.duplicateBarcodeWhat', about.fact('text')),
    t('finding.duplicateBarcodeNext'),
  ],
  'over-returned': (about) => [
    t('finding.overReturned'),
    t('finding.overReturnedWhat', about.documents),
    t('finding.overReturnedNext'),
  ],
  'over-invoiced': (about) => [
    t('finding.overInvoiced'),
    t('finding.overInvoicedWhat', about.skuName, about.amount('invoiced'), about.amount('came')),
    t('finding.overInvoicedNext'),
  ],
  'priced-reversed': (about) => [
    t('finding.pricedReversed'),
    t('finding.pricedReversedWhat', about.documents),
    t('finding.pricedReversedNext'),
  ],
  'priced-missing': (about) => [
    t('finding.pricedMissing'),
    t('finding.pricedMissingWhat', about.documents),
    t('finding.pricedMissingNext'),
  ],
  'over-arrived': (about) => [
    t('finding.overArrived'),
    t('finding.overArrivedWhat', about.documents),
    t('finding.overArrivedNext'),
  ],
  'reversed-twice': (about) => [
    t('finding.reversedTwice'),
    t('finding.reversedTwiceWhat', about.documents),
    t('finding.reversedTwiceNext'),
  ],
  'reversal-without-document': () => [
    t('finding.reversalAlone'),
    t('finding.reversalAloneWhat'),
    t('finding.reversalAloneNext'),
  ],
  'version-waits': (about) => [
    t('finding.versionWaits'),
    t('finding.versionWaitsWhat', about.documents, about.fact('version')),
    t('finding.versionWaitsNext'),
  ],
  'unapproved-when-closed': (about) => [
    t('finding.unapprovedClosed'),
    t('finding.unapprovedClosedWhat', about.documents),
    t('finding.unapprovedClosedNext'),
  ],
  'built-on-unapproved': (about) => [
    t('finding.builtOnUnapproved'),
    t('finding.builtOnUnapprovedWhat', about.documents),
    t('finding.builtOnUnapprovedNext'),
  ],
  'link-broken': (about) => [
    t('finding.linkBroken'),
    t('finding.linkBrokenWhat', about.documents),
    t('finding.linkBrokenNext'),
  ],
  'arrived-after-count': (about) => [
    t('finding.arrivedAfterCount'),
    t(
      'finding.arrivedAfterCountWhat',
      about.skuName,
      about.steps('known'),
      about.steps('quantity'),
    ),
    t('finding.arrivedAfterCountNext'),
  ],
  'moved-while-counted': (about) => [
    t('finding.movedWhileCounted'),
    t('finding.movedWhileCountedWhat', about.skuName, about.fact('times'), about.steps('quantity')),
    t('finding.movedWhileCountedNext'),
  ],
  'counted-before-late': (about) => [
    t('finding.countedBeforeLate'),
    t('finding.countedBeforeLateWhat', about.skuName, about.steps('quantity')),
    t('finding.countedBeforeLateNext'),
  ],
  'surplus-on-shortage': (about) => [
    t('finding.surplusOnShortage'),
    t('finding.surplusOnShortageWhat', about.skuName, about.quantity, about.steps('counted')),
    t('finding.surplusOnShortageNext'),
  ],
  'policy-restated': (about) => [
    t('finding.policyRestated'),
    t('finding.policyRestatedWhat', about.policy('held'), about.policy('passedOver')),
    t('finding.policyRestatedNext'),
  ],
  'stated-cost-exceeds': (about) => [
    t('finding.statedCostExceeds'),
    t('finding.statedCostExceedsWhat', about.documents, about.money('excess')),
    t('finding.statedCostExceedsNext'),
  ],
  'provisional-cost': (about) => [
    t('finding.provisionalCost'),
    t('finding.provisionalCostWhat', about.skuName),
    t('finding.provisionalCostNext'),
  ],
  'duplicate-serial': (about) => [
    t('finding.duplicateSerial'),
    t('finding.duplicateSerialWhat', about.skuName, about.fact('serial')),
    t('finding.duplicateSerialNext'),
  ],
  'batch-conflict': (about) => [
    t('finding.batchConflict'),
    t(
      'finding.batchConflictWhat',
      ...([
        about.skuName,
        about.fact('batch'),
        about.fact('expires'),
        about.fact('others'),
      ] as const),
    ),
    t('finding.batchConflictNext'),
  ],
  'expired-sold': (about) => [
    t('finding.expiredSold'),
    t(
      'finding.expiredSoldWhat',
      ...([
        about.skuName,
        about.fact('batch'),
        about.fact('expires'),
        about.fact('soldOn'),
      ] as const),
    ),
    t('finding.expiredSoldNext'),
  ],
  'serial-missing': (about) => [
    t('finding.serialMissing'),
    t('finding.serialMissingWhat', about.skuName, about.quantity),
    t('finding.serialMissingNext'),
  ],
  'batch-missing': (about) => [
    t('finding.batchMissing'),
    t('finding.batchMissingWhat', about.skuName, about.quantity),
    t('finding.batchMissingNext'),
  ],
  'part-below-zero': (about) => [
    t('finding.partBelowZero'),
    t('finding.partBelowZeroWhat', about.skuName, about.part, about.quantity),
    t('finding.partBelowZeroNext'),
  ],
  'batch-unreceived': (about) => [
    t('finding.batchUnreceived'),
    t(
      'finding.batchUnreceivedWhat',
      ...([about.skuName, about.fact('batch'), about.documents] as const),
    ),
    t('finding.batchUnreceivedNext'),
  ],
  'late-arrival': (about) => [
    t('finding.lateArrival'),
    t('finding.lateArrivalWhat', about.documents),
    t('finding.lateArrivalNext'),
  ],
  'oversold-reservation': (about) => [
    t('finding.oversold'),
    t('finding.oversoldWhat', about.skuName, about.quantity),
    t('finding.oversoldNext'),
  ],
  'reservation-trimmed': (about) => [
    t('finding.trimmed'),
    t('finding.trimmedWhat', about.skuName, about.quantity),
    t('finding.trimmedNext'),
  ],
  'stock-too-large': (about) => [
    t('finding.stockTooLarge'),
    t('finding.stockTooLargeWhat', about.skuName),
    t('finding.stockTooLargeNext'),
  ],
  'update-needed': (about) => [
    t('finding.updateNeeded'),
    t('finding.updateNeededWhat', about.fact('kind')),
    t('finding.updateNeededNext'),
  ],
  'malformed-record': (about) => [
    t('finding.malformedRecord'),
    t('finding.malformedRecordWhat', about.fact('journal')),
    t('finding.malformedRecordNext'),
  ],
  fork: (about) => [
    t('finding.fork'),
    t('finding.forkWhat', about.fact('device')),
    t('finding.forkNext'),
  ],
  unapproved: (about) => [
    t('finding.unapproved'),
    t('finding.unapprovedWhat', about.documents, about.fact('flow')),
    t('finding.unapprovedNext'),
  ],
  'decided-without-right': (about) => [
    t('finding.decidedWithoutRight'),
    t('finding.decidedWithoutRightWhat', about.fact('number')),
    t('finding.decidedWithoutRightNext'),
  ],
  'clock-anomaly': (about) => [
    t('finding.clockAnomaly'),
    t('finding.clockAnomalyWhat', about.fact('device')),
    t('finding.clockAnomalyNext'),
  ],
}

export function findingText(finding: FindingRow): FindingText {
  const about: About = {
    skuName: finding.skuName ?? '',
    documents: finding.documents.map((each) => each.number).join(t('word.listEnd')),
    fact: (name) => plainText(finding.evidence[name]),
    part: partText(finding.evidence),
    policy: (name) => policyText(finding.evidence[name]),
    quantity: quantityText(finding.evidence['quantity']),
    amount: (name) => quantityText(finding.evidence[name]),
    money: (name) => fenText(finding.evidence[name]),
    steps: (name) => signedText(finding.evidence[name]),
  }
  const [title, what, next] = sayings[finding.code]?.(about) ?? [
    t('finding.other'),
    t('finding.otherWhat', finding.code),
    t('finding.otherNext'),
  ]
  return { title, what, next }
}

function partText({ batch, serial, bin, status }: FindingRow['evidence']): string {
  const texts = [plainText(batch), plainText(serial), plainText(bin), statusOfFact(status)]
  return texts.filter(Boolean).join(' · ') || t('finding.partPlain')
}

function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).join(t('word.listEnd'))
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function signedText(value: unknown): string {
  return `${typeof value === 'number' && value > 0 ? '+' : ''}${quantityText(value)}`
}

function fenText(value: unknown): string {
  return typeof value === 'number' ? moneyText(money(value)) : ''
}

function quantityText(value: unknown): string {
  return typeof value === 'number' ? quantityDigits(quantity(value)) : ''
}
