/**
 * 打印 (print): what stands on the paper of a document, as text in rows and columns. Knows no paper
 * size, no font and no printer.
 */

import { titleOf } from '#domain/masters/entities.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { skuName } from '#domain/masters/sku.ts'
import { unitsOf } from '#domain/masters/unit.ts'
import type { Label } from '#domain/masters/master-field.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { money, moneyDecimals } from '#domain/values/money.ts'
import { percentDecimals } from '#domain/values/percent.ts'
import { quantity, quantityDecimals } from '#domain/values/quantity.ts'
import { quantityText } from '#domain/values/unit.ts'
import { unitPriceDecimals } from '#domain/values/unit-price.ts'
import { amountInWords } from './amount-in-words.ts'
import type { AnyDocumentDefinition, DraftDocument } from './define.ts'
import type { Field } from './fields.ts'
import type { MasterReader } from './readers.ts'

type Values = Readonly<Record<string, Json | undefined>>

interface Printed {
  readonly definition: AnyDocumentDefinition
  readonly document: Pick<DraftDocument, 'header' | 'lines'>
  /** '' on a draft. */
  readonly number: string
  /** 单据日期, as the reader writes dates. */
  readonly date: string
  readonly masters: MasterReader
  /** Leave one out for a slip without its fields: goods without prices. */
  readonly audiences: readonly Audience[]
  readonly language: 'zh-CN' | 'en'
}

interface PrintColumn {
  readonly label: string
  readonly align: 'start' | 'end'
}

/** All texts are ready to be set; rows and totals have one text per column. */
export interface PrintModel {
  readonly company: string
  readonly title: string
  readonly number: string
  readonly date: string
  readonly header: readonly { readonly label: string; readonly text: string }[]
  readonly columns: readonly PrintColumn[]
  readonly rows: readonly (readonly string[])[]
  readonly totals: readonly string[]
  /** 应付金额: amounts less rounding-off, where amounts are printed; 大写 in Chinese. */
  readonly due?: { readonly amount: string; readonly inWords: string }
  readonly signatures: readonly string[]
}

/** Columns that no line fills are left out; links are shown by the chain, not on paper [PRN1]. */
export function printModel(printed: Printed): PrintModel {
  const { definition, document, language, masters } = printed
  const say = (label: Label) => (language === 'en' ? label[1] : label[0])
  const header = fieldsToPrint(printed, definition.header, [document.header])
  const { signatures, without = [] } = definition.print
  const columns = fieldsToPrint(printed, definition.lines, document.lines).filter(
    ([name]) => !without.includes(name),
  )
  const due = dueOf(printed)
  const [company] = masters.list('company')
  return {
    company: company === undefined ? '' : textOf(company.fields, 'name'),
    title: say(definition.label),
    number: printed.number,
    date: printed.date,
    header: header.map(([name, field]) => ({
      label: say(field.label),
      text: cellText(printed, field, name, document.header),
    })),
    columns: columns.map(([, field]) => ({ label: say(field.label), align: alignOf(field) })),
    rows: document.lines.map((line) =>
      columns.map(([name, field]) => cellText(printed, field, name, line)),
    ),
    totals: columns.map(([name, field], i) =>
      i === 0 ? say(['合计', 'Total']) : totalText(document.lines, field, name),
    ),
    ...(due !== undefined && { due }),
    signatures: signatures.map(say),
  }
}

/** A unit is printed with its quantity; a link is no text. */
const unprinted: readonly Field['kind'][] = [
  ...(['unit', 'origin', 'origin-line', 'moment', 'shares', 'price-rule'] as const),
]

function fieldsToPrint(
  { audiences }: Printed,
  fields: AnyDocumentDefinition['header'],
  rows: readonly Values[],
): readonly (readonly [string, Field])[] {
  return Object.entries(fields).filter(
    ([name, { kind, audience, isDerived }]) =>
      !unprinted.includes(kind) &&
      !(kind === 'batch' && isDerived) &&
      audience !== undefined &&
      audiences.includes(audience) &&
      rows.some((row) => row[name] !== undefined),
  )
}

const numberKinds: readonly Field['kind'][] = ['quantity', 'price', 'money', 'percent']

function alignOf({ kind }: Field): PrintColumn['align'] {
  return numberKinds.includes(kind) ? 'end' : 'start'
}

function cellText(printed: Printed, field: Field, name: string, row: Values): string {
  const value = row[name]
  if (value === undefined) return ''
  const [number, text] = [Number(value), typeof value === 'string' ? value : '']
  switch (field.kind) {
    case 'reference':
      return masterText(printed.masters, field.entity, text)
    case 'choice': {
      const [zh = '', en = ''] = field.options[text] ?? []
      return printed.language === 'en' ? en : zh
    }
    case 'quantity':
      return quantityCell(printed.masters, row, number)
    case 'price':
      return formatDecimal(number, unitPriceDecimals).replace(/(\.\d{2}\d*?)0+$/, '$1')
    case 'money':
      return formatDecimal(number, moneyDecimals, { group: true })
    case 'percent':
      return `${formatDecimal(number, percentDecimals, { trim: true })}%`
    case 'flag':
      return '✓'
    default:
      return text
  }
}

/** '100110 可乐 330ml' of a SKU, code and name of anything else; the id of what this device lacks. */
function masterText(
  masters: MasterReader,
  entity: (Field & { kind: 'reference' })['entity'],
  id: string,
): string {
  const master = masters.get(entity, id)
  if (master === undefined) return id
  if (entity !== 'sku') return titleOf(entity, master)
  const product = masters.get('product', textOf(master, 'productId')) ?? {}
  return [textOf(master, 'code'), skuName(product, master), textOf(product, 'specification')]
    .filter((text) => text !== '')
    .join(' ')
}

/** In the unit of the line and the base unit: '2箱1瓶'. */
function quantityCell(masters: MasterReader, row: Values, steps: number): string {
  const { skuId } = row
  const sku = typeof skuId === 'string' ? masters.get('sku', skuId) : undefined
  if (sku === undefined) return formatDecimal(steps, quantityDecimals, { trim: true })
  const [base, ...others] = unitsOf(sku)
  const named = others.filter(({ name }) => name === row['unit'])
  return base === undefined ? '' : quantityText(quantity(steps), [base, ...named])
}

/** [PRN3] Quantities add up in base units, whatever the lines are written in. */
function totalText(lines: readonly Values[], { kind }: Field, name: string): string {
  const sum = lines.reduce((total, line) => total + Number(line[name] ?? 0), 0)
  if (kind === 'quantity') return formatDecimal(sum, quantityDecimals, { trim: true })
  return kind === 'money' ? formatDecimal(sum, moneyDecimals, { group: true }) : ''
}

/** What the paper is signed for [PRN4]. */
function dueOf({ definition, document, audiences, language }: Printed): PrintModel['due'] {
  const audience = definition.lines['amount']?.audience
  const isPrinted = audience !== undefined && audiences.includes(audience)
  if (!isPrinted || !document.lines.some((line) => line['amount'] !== undefined)) return undefined
  const due = document.lines.reduce(
    (sum, line) => sum + Number(line['amount'] ?? 0) - Number(line['allowance'] ?? 0),
    0,
  )
  const amount = formatDecimal(due, moneyDecimals, { group: true })
  const inWords = language === 'en' ? '' : `人民币${amountInWords(money(due))}`
  return { amount, inWords }
}
