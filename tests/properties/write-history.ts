/** The records of a generated history, act by act, and what was planned with each. */
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import type { Act, History } from './history.ts'
import { closingRecords } from './closings.ts'
import { legsOf, momentOf, type Plan } from './plan.ts'
import {
  companyRecord,
  type Planned,
  postedRecords,
  reversedRecord,
  suppliedRecord,
  unapprovedRecord,
} from './posting.ts'

export interface Written {
  /** For records after these. */
  readonly writer: JournalWriter
  /** Records by act; the statement of the policy is one. */
  readonly groups: readonly (readonly FoldEntry[])[]
  readonly postings: readonly Planned[]
}

const devices = ['A', 'B', 'C']

export function writeHistory(history: History): Written {
  const { policy, statedAt, batchesAt, acts, closings = [], changes = [] } = history
  const writer = new JournalWriter()
  const postings: Planned[] = []
  const groups: FoldEntry[][] = []
  const state = () => groups.push([policyRecord(writer, policy)])
  for (const [index, act] of acts.entries()) {
    if (index === statedAt) state()
    if (index === batchesAt) groups.push(ownBatchRecords(writer))
    groups.push(recordsOf({ writer, postings, index }, act))
  }
  if (statedAt >= acts.length) state()
  for (const [month, method] of changes.entries()) {
    if (method !== '') groups.push([methodRecord(writer, month, method)])
  }
  for (const seal of closingRecords(writer, closings, groups.flat())) groups.push([seal])
  return { writer, groups, postings }
}

export function deviceOf({ device }: Act): string {
  return devices[device] ?? 'A'
}

interface Writing {
  readonly writer: JournalWriter
  readonly postings: Planned[]
  readonly index: number
}

function recordsOf(writing: Writing, act: Act): FoldEntry[] {
  const { writer, postings, index } = writing
  const about = postings[act.about % Math.max(postings.length, 1)]
  const moved = postings.filter(({ legs }) => legs.length > 0)
  const origin = moved[act.about % Math.max(moved.length, 1)]
  const plan: Plan | undefined = legsOf(act, origin)
  if (plan === undefined) return aboutEarlier(writing, about, act)
  const document = `d${index}`
  const planned: Planned = {
    ...{ document, posting: document, type: plan.type, device: deviceOf(act) },
    branch: plan.branch,
    at: momentOf(act.at),
    ...{ legs: plan.legs, values: plan.values, adjustments: plan.adjustments ?? [] },
  }
  postings.push(planned)
  return postedRecords(writer, planned)
}

/** What is said of a posting that there is, or of a price where there is none. */
function aboutEarlier(
  { writer, postings, index }: Writing,
  about: Planned | undefined,
  act: Act,
): FoldEntry[] {
  const by = { device: deviceOf(act), at: momentOf(act.at) }
  if (about === undefined || act.kind === 'reference-price') {
    const fields = { referencePurchasePrice: act.price * 10_000 }
    const id = idOf('sku', `sku-${act.sku}`)
    const price = { audience: 'buying', entity: 'sku', at: by.at, id, fields } as const
    // Now and then nobody has relayed it yet.
    const from = { device: by.device, branch: `branch-${act.branch}` }
    return [companyRecord(writer, act.detail % 3 === 0 ? { ...price, from } : price)]
  }
  if (act.kind === 'reversal') return [reversedRecord(writer, about, by)]
  if (act.kind === 'unapproval') return [unapprovedRecord(writer, about, by)]
  if (act.kind === 'supply-price') {
    const values = about.legs.map(({ leg }) => ({ leg, amount: act.price * act.quantity }))
    return about.legs.length === 0 ? [] : [suppliedRecord(writer, about, { ...by, values })]
  }
  if (act.kind === 'next-version') {
    const version = (about.version ?? 1) + 1
    const next = { ...about, version, device: by.device, ...moreOf(about, `next-${index}`) }
    postings.push(next)
    // Now and then whoever took the version before it back did so where nobody has heard of it.
    const isHeard = act.detail > 2
    const unapproved = isHeard ? [unapprovedRecord(writer, about, by)] : []
    return [...unapproved, ...postedRecords(writer, next)]
  }
  // The same draft, posted on another tablet that had not heard of it.
  return postedRecords(writer, { ...about, ...by, ...moreOf(about, `again-${index}`) })
}

/** Another posting of it, with a little more in it. */
function moreOf({ legs }: Planned, posting: string): Pick<Planned, 'legs' | 'posting'> {
  const more = legs.map((leg) => {
    const isFixed = leg.serial !== undefined || leg.quantity === 0
    return isFixed ? leg : { ...leg, quantity: leg.quantity + Math.sign(leg.quantity) * 10_000 }
  })
  return { legs: more, posting }
}

/** Each batch of the first SKU has a value of its own; somebody says otherwise afterwards, in vain. */
function ownBatchRecords(writer: JournalWriter): FoldEntry[] {
  const [product, other] = [idOf('product', 'own'), idOf('product', 'other')]
  const say = (entity: 'product' | 'sku', id: string, fields: Readonly<Record<string, string>>) =>
    companyRecord(writer, { ...{ audience: 'goods', entity }, at: momentOf(0), id, fields })
  return [
    say('sku', idOf('sku', 'sku-0'), { productId: other }),
    say('product', product, { valuation: 'batch' }),
    say('product', product, { valuation: 'pool' }),
    say('sku', idOf('sku', 'sku-0'), { productId: product }),
  ]
}

/** [CMC2] From a month of 2026 on. */
function methodRecord(writer: JournalWriter, month: number, method: string): FoldEntry {
  const name = `2026-${String(month + 1).padStart(2, '0')}`
  return companyRecord(writer, {
    ...{ audience: 'goods', at: momentOf(0), entity: 'company', id: idOf('company', 'tests') },
    fields: { [`costMethodFrom:${name}`]: method },
  })
}

function policyRecord(writer: JournalWriter, policy: History['policy']): FoldEntry {
  return companyRecord(writer, {
    ...{ audience: 'goods', at: momentOf(0), entity: 'company', id: idOf('company', 'tests') },
    fields: {
      costMethod: policy.method,
      costScope: policy.scope,
      purchaseReturnCost: policy.purchaseReturn,
    },
  })
}
