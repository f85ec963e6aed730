/** 客户导入, 供应商导入: parties with what they owe at the start. Only adds, as the product import does. */

import { codeKey } from '#domain/masters/code.ts'
import { checkChange, type MasterChange } from '#domain/masters/entities.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { asId, type CustomerId, type SupplierId } from '#domain/values/ids.ts'
import { limitMoney } from '#domain/values/limits.ts'
import { type Money, money, moneyDecimals } from '#domain/values/money.ts'
import { done, type Result } from '#domain/values/result.ts'
import { partyColumns } from './columns.ts'
import type { Sheet } from './decode.ts'
import {
  buildPlan,
  type ImportContext,
  type ImportPlan,
  type OpeningBalance,
} from './import-plan.ts'
import type { ImportProblem } from './import-problem.ts'
import { makeRowsByKey, type RowsByKey } from './known-skus.ts'
import { nameKey } from './named-masters.ts'
import { type RowReader, readRow } from './row-reader.ts'
import { ignoredHeaders, readTable } from './table.ts'

type PartyKey = (typeof partyColumns)[number]['key']
type PartyEntity = 'customer' | 'supplier'

/** The plan of a file of customers or suppliers; a failure when the sheet holds no such table. */
export function planParties(
  entity: PartyEntity,
  sheet: Sheet,
  context: ImportContext,
): Result<ImportPlan, readonly ImportProblem[]> {
  const read = readTable(sheet, partyColumns)
  if (!read.ok) return read
  const table = read.value
  const builder = buildPlan()
  const names = knownParties(entity, context)
  for (const row of table.rows) {
    const reader = readRow(table, row)
    const change = readParty(entity, reader, context)
    const owed = readBalance(entity, reader)
    checkParty(names, reader, change)
    if (reader.problems.length === 0 && !builder.reserve({ balance: owed })) {
      reader.report(balanceKey[entity], 'number-too-large')
    }
    if (reader.problems.length > 0) {
      builder.reject(reader.problems)
      continue
    }
    builder.change(change)
    if (owed > 0) builder.owe(balanceOf(entity, change.id, owed))
    builder.accept()
  }
  const ignored = ignoredHeaders(table, partyColumns)
  return done(builder.finish({ rows: table.rows.length, ignored, notes: table.notes }))
}

const balanceKey = { customer: 'openingReceivable', supplier: 'openingPayable' } as const

function readParty(
  entity: PartyEntity,
  reader: RowReader<PartyKey>,
  context: ImportContext,
): MasterChange {
  const name = reader.text('name')
  if (name === '') reader.report('name', 'required')
  const fields = {
    name,
    code: reader.code('code') ?? '',
    initials: context.initialsOf(name),
    contact: reader.text('contact'),
    mobile: reader.code('mobile') ?? '',
    phone: reader.code('phone') ?? '',
    email: reader.text('email'),
    address: reader.text('address'),
    taxNumber: reader.code('taxNumber') ?? '',
    taxRate: reader.percent('taxRate') ?? '',
    bankName: reader.text('bankName'),
    bankAccount: reader.code('bankAccount') ?? '',
    note: reader.text('note'),
    isDisabled: reader.yesOrNo('status', true) ? '' : 1,
  }
  const filled = Object.entries(fields).filter(([, value]) => value !== '')
  return { entity, id: context.ids(), fields: Object.fromEntries(filled) }
}

/** In fen; zero where the file says nothing. */
function readBalance(entity: PartyEntity, reader: RowReader<PartyKey>): Money {
  const fen = reader.amount(balanceKey[entity], moneyDecimals) ?? 0
  if (fen > limitMoney) reader.report(balanceKey[entity], 'number-too-large')
  return money(Math.min(fen, limitMoney))
}

function balanceOf(entity: PartyEntity, id: string, amount: Money): OpeningBalance {
  return entity === 'customer'
    ? { party: { entity, id: asId<CustomerId>(id) }, amount }
    : { party: { entity, id: asId<SupplierId>(id) }, amount }
}

interface KnownParties {
  readonly names: ReadonlySet<string>
  readonly codes: ReadonlySet<string>
  readonly rowsByName: RowsByKey
  readonly rowsByCode: RowsByKey
}

function knownParties(entity: PartyEntity, { masters }: ImportContext): KnownParties {
  const all = [...masters.list(entity)]
  return {
    names: new Set(all.map(({ fields }) => nameKey(textOf(fields, 'name')))),
    codes: new Set(all.map(({ fields }) => codeKey(textOf(fields, 'code')))),
    rowsByName: makeRowsByKey(),
    rowsByCode: makeRowsByKey(),
  }
}

/** [EXP2] A name or code that exists or stood in an earlier row. */
function checkParty(known: KnownParties, reader: RowReader<PartyKey>, change: MasterChange): void {
  const { row } = reader.row
  const name = nameKey(textOf(change.fields, 'name'))
  const code = codeKey(textOf(change.fields, 'code'))
  const sameName = name === '' ? undefined : known.rowsByName.firstRow(name, row)
  const sameCode = code === '' ? undefined : known.rowsByCode.firstRow(code, row)
  if (sameName !== undefined) reader.report('name', 'name-repeated', { firstRow: sameName })
  if (sameCode !== undefined) reader.report('code', 'code-repeated', { firstRow: sameCode })
  if (name !== '' && known.names.has(name)) reader.report('name', 'name-exists')
  if (code !== '' && known.codes.has(code)) reader.report('code', 'code-exists')
  if (reader.problems.length > 0) return
  for (const { field } of checkChange(change)) reader.reportAt(field, 'out-of-range', '')
}
