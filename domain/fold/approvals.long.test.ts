import { describe, expect, it } from 'vitest'
import {
  companySays,
  decides,
  grants,
  orderFlow,
  postsOrder,
  submits,
  type TestOrder,
  withdraws,
} from '#tests/builders/approvals.ts'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { FoldEntry } from './fold-entry.ts'
import { type Fold, openFold } from './fold.ts'

const docId = idOf('document', 'o')
const order: TestOrder = { device: 'buyer', document: 'o', amount: 600_000 }

/** A company with the flow of orders, its people, and a writer for what follows. */
function company() {
  const writer = new JournalWriter()
  const ground = [
    companySays(writer, { 'approvalFlow:orders': orderFlow as unknown as Json }),
    grants(writer, 'buyer', 'buyer'),
    grants(writer, 'manager', 'manager'),
    grants(writer, 'chief', 'buyer'),
    grants(writer, 'keeper', 'keeper'),
  ]
  return { writer, ground }
}

function folded(entries: readonly FoldEntry[]): Fold {
  const fold = openFold()
  fold.apply(entries)
  return fold
}

/** What everybody must agree on. */
function shown(fold: Fold) {
  return {
    hashes: [
      fold.hash('goods', idOf('branch', 'main')),
      fold.hash('buying', idOf('branch', 'main')),
    ],
    submissions: fold.approvals.of(docId),
    findings: fold.findings(),
  }
}

const codesOf = (fold: Fold) => fold.findings().map(({ code }) => code)

describe('approvals', () => {
  it('[APR3] say the same in every order of arrival, also across a checkpoint (WF-05)', () => {
    const { writer, ground } = company()
    const { entries, about } = submits(writer, order)
    const acts = [
      decides(writer, 'manager', about),
      decides(writer, 'keeper', about, { step: 1 }),
      decides(writer, 'chief', about, { step: 1 }),
      decides(writer, 'manager', about, { step: 1, verdict: 'decline' }),
    ]
    const posted = postsOrder(writer, { ...order, device: 'chief' }, 'p', 'o')
    const batches = [
      ground,
      entries.slice(0, 1),
      entries.slice(1),
      acts.slice(0, 2),
      acts.slice(2),
      posted,
    ]
    const wanted = shown(folded(batches.flat()))
    expect(wanted.submissions).toMatchObject([{ state: 'approved', step: 1 }])
    for (const arrival of arrivalsOf(batches.length)) {
      const fold = openFold()
      for (const [i, batch] of arrival.entries()) {
        fold.apply(batches[batch] ?? [])
        if (i === 2) fold.apply(batches[batch] ?? [])
      }
      expect(shown(fold)).toEqual(wanted)
    }
    for (const split of [1, 3, 5]) {
      const checkpoint = folded(batches.slice(0, split).flat()).checkpoint()
      const fold = openFold({ checkpoint })
      fold.apply(batches.slice(split).flat())
      expect(shown(fold)).toEqual(wanted)
    }
  })

  it('[APR4] take each step from whoever it names, one after the other', () => {
    const { writer, ground } = company()
    const { entries, about } = submits(writer, order)
    const states = [
      decides(writer, 'chief', about, { step: 1 }),
      decides(writer, 'manager', about),
      decides(writer, 'keeper', about, { step: 1 }),
      decides(writer, 'chief', about, { step: 1 }),
    ].map(
      (_, i, all) => folded([...ground, ...entries, ...all.slice(0, i + 1)]).approvals.of(docId)[0],
    )
    expect(states.map((entry) => [entry?.state, entry?.step])).toEqual([
      ['waiting', 0],
      ['waiting', 1],
      ['waiting', 1],
      ['approved', 1],
    ])
    expect(states.at(-1)?.acts.map(({ problem }) => problem)).toEqual([
      'other-step',
      undefined,
      'no-right',
      undefined,
    ])
  })

  it("[APR4] end with a refusal, a return, or the author's withdrawal; what comes later counts for nothing", () => {
    for (const [verdict, state] of [
      ['decline', 'declined'],
      ['send-back', 'sent-back'],
    ] as const) {
      const { writer, ground } = company()
      const { entries, about } = submits(writer, order)
      const acts = [
        decides(writer, 'manager', about, { verdict }),
        decides(writer, 'manager', about),
      ]
      const [entry] = folded([...ground, ...entries, ...acts]).approvals.of(docId)
      expect(entry).toMatchObject({ state, acts: [{ verdict }, { problem: 'too-late' }] })
    }
    const { writer, ground } = company()
    const { entries, about } = submits(writer, order)
    const acts = [withdraws(writer, 'manager', about), withdraws(writer, 'buyer', about)]
    const [entry] = folded([...ground, ...entries, ...acts]).approvals.of(docId)
    expect(entry).toMatchObject({ state: 'withdrawn', acts: [{ problem: 'not-author' }, {}] })
  })

  it('[APR4] [APR5] do not count of the author himself where duties are separate, and tell of it (WF-10)', () => {
    const { writer, ground } = company()
    const { entries, about } = submits(writer, { ...order, device: 'manager' })
    const act = decides(writer, 'manager', about)
    const fold = folded([...ground, ...entries, act])
    expect(fold.approvals.of(docId)[0]).toMatchObject({ state: 'waiting', step: 0 })
    expect(codesOf(fold)).toEqual(['decided-without-right'])
    const [finding] = fold.findings()
    fold.apply([
      writer.write({
        ...{ device: 'chief', branch: 'main', audience: 'goods', kind: 'finding-seen.v1', at: 1 },
        body: { finding: finding?.key ?? '', facts: finding?.seenAs ?? '' },
      }),
    ])
    expect(codesOf(fold)).toEqual([])
  })

  it('[APR5] stand by the right that was there when they were written, whatever is said later (WF-05)', () => {
    const { writer, ground } = company()
    const { entries, about } = submits(writer, order)
    const approved = decides(writer, 'manager', about)
    const later = grants(writer, 'manager', 'keeper')
    const after = decides(writer, 'manager', about, { step: 1 })
    const fold = folded([later, after, approved, ...entries, ...ground])
    expect(fold.approvals.of(docId)[0]).toMatchObject({
      ...{ state: 'waiting', step: 1 },
      acts: [{ by: idOf('user', 'manager') }, { problem: 'no-right' }],
    })
  })

  it('[APR5] are taken from a substitute while he stands in, and say for whom (WF-09)', () => {
    const { writer, ground } = company()
    const substitute = { user: idOf('user', 'keeper'), from: 10, until: 20 }
    const said = companySays(writer, {
      [`approvalSubstitute:${idOf('user', 'manager')}`]: substitute,
    })
    const { entries, about } = submits(writer, order)
    const early = decides(writer, 'keeper', about, { at: 9 })
    const inTime = decides(writer, 'keeper', about, { at: 10 })
    const [entry] = folded([...ground, said, ...entries, early, inTime]).approvals.of(docId)
    expect(entry).toMatchObject({
      step: 1,
      acts: [{ problem: 'no-right' }, { inPlaceOf: idOf('user', 'manager') }],
    })
  })

  it('[APR3] bind to one content: another hash decides nothing, a new submission lets the old one lapse', () => {
    const { writer, ground } = company()
    const first = submits(writer, order)
    const other = decides(writer, 'manager', first.about, { hash: 'f'.repeat(64) })
    const second = submits(writer, { ...order, amount: 700_000, submission: 'again' })
    const late = decides(writer, 'manager', first.about)
    const entries = [...ground, ...first.entries, other, ...second.entries, late]
    expect(folded(entries).approvals.of(docId)).toMatchObject([
      { state: 'lapsed', acts: [{ problem: 'other-content' }, { problem: 'too-late' }] },
      { state: 'waiting', step: 0 },
    ])
  })

  it('[APR6] posted by two devices at once are one document, without a finding', () => {
    const { writer, ground } = company()
    const { entries, about } = submits(writer, order)
    const acts = [decides(writer, 'manager', about), decides(writer, 'chief', about, { step: 1 })]
    const posted = ['chief', 'buyer'].flatMap((device) =>
      postsOrder(writer, { ...order, device }, `by-${device}`, 'o'),
    )
    const fold = folded([...posted, ...acts, ...entries, ...ground])
    expect(fold.findings()).toEqual([])
    expect(fold.documents.count).toBe(1)
  })

  it('[APR7] lacking, of what counts all the same, are a finding until it is reversed (F11)', () => {
    const { writer, ground } = company()
    const { entries, about } = submits(writer, order)
    const first = decides(writer, 'manager', about)
    const posted = postsOrder(writer, order, 'p')
    const claimed = postsOrder(writer, order, 'q', 'o')
    expect(codesOf(folded([...ground, ...posted]))).toEqual(['unapproved'])
    expect(codesOf(folded([...ground, ...entries, first, ...claimed]))).toEqual(['unapproved'])
    const second = decides(writer, 'chief', about, { step: 1 })
    const whole = [...ground, ...entries, first, second]
    expect(codesOf(folded([...whole, ...claimed]))).toEqual([])
    const other = postsOrder(writer, { ...order, amount: 800_000 }, 'r', 'o')
    expect(codesOf(folded([...whole, ...other]))).toEqual(['unapproved'])
    const before = folded([...posted.slice(0, 1), ...ground])
    expect(codesOf(before)).not.toContain('unapproved')
  })

  it('[APR2] lacking a step that the flow asked for are a finding, whatever the submission stated', () => {
    const { writer, ground } = company()
    const { entries, about } = submits(writer, { ...order, steps: 1 })
    const approved = decides(writer, 'manager', about)
    const posted = postsOrder(writer, order, 'p', 'o')
    const fold = folded([...ground, ...entries, approved, ...posted])
    expect(fold.approvals.of(docId)[0]?.state).toBe('approved')
    expect(codesOf(fold)).toEqual(['unapproved'])
    expect(codesOf(openGoodsOnly([...ground, ...entries, approved, ...posted]))).toEqual([])
  })
})

/** A keeper's device: it cannot know what an order comes to. */
function openGoodsOnly(entries: readonly FoldEntry[]): Fold {
  const fold = openFold({ audiences: ['goods'] })
  fold.apply(entries.filter(({ record }) => record.audience === 'goods'))
  return fold
}
