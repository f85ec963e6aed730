import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRandom } from '#domain/demonstration/random.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { roles } from '#domain/records/kinds.ts'
import { postedBody } from '#domain/records/posted-body.ts'
import { canonicalText, type Json } from '#domain/values/canonical-text.ts'
import { definitionOf, documentTypes } from '#domain/registry.ts'
import {
  aPostContext,
  aPosting,
  documentsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { arbitraryDraft } from './arbitrary.ts'
import { completeDraft } from './complete.ts'
import type { AnyDocumentDefinition, DraftDocument } from './define.ts'
import { exampleDispatch } from './example-dispatch.ts'
import { exampleOrder } from './example-order.ts'
import { exampleReceipt } from './example-receipt.ts'
import { exampleShop } from './example-shop.ts'
import type { Posting } from './post.ts'
import { partsOfPosting } from './parts.ts'
import { printModel } from './print.ts'
import { supplyPart } from './supply-part.ts'

const types = documentTypes.map((definition) => [definition.type, definition] as const)
const stillClasses = new Set(['internal', 'value'])
const withGoods = fc
  .subarray<Audience>([...audiences])
  .map((some) => audiences.filter((each) => each === 'goods' || some.includes(each)))

async function examplesOf({ type }: AnyDocumentDefinition): Promise<[string, DraftDocument][]> {
  const module: Record<string, Record<string, DraftDocument>> = await import(
    `../documents/${type}/${type}.examples.ts`
  )
  return Object.entries(Object.values(module)[0] ?? {})
}

function randomDraft(definition: AnyDocumentDefinition, seed: number): DraftDocument {
  const place = {
    branch: exampleShop.branchId,
    docId: `doc-${seed}`,
    origins: [exampleOrder, exampleReceipt, exampleDispatch],
  }
  return arbitraryDraft(definition, {
    ...{ ...aPostContext(definition), ...place },
    random: makeRandom(seed),
  })
}

describe('registry', () => {
  it('[DOC1] lists each type and prefix once', () => {
    const prefixes = documentTypes.map(({ numbering }) => numbering.prefix)
    expect(new Set(types.map(([type]) => type)).size).toBe(types.length)
    expect(new Set(prefixes).size).toBe(types.length)
    for (const { type, links } of documentTypes) {
      expect(definitionOf(type)?.type).toBe(type)
      for (const from of links?.from ?? []) expect(definitionOf(from)).toBeDefined()
    }
    expect(definitionOf('nothing')).toBeUndefined()
  })
})

describe.each(types)('%s', (_, definition) => {
  it('[DOC2] posts its three examples for whoever may', async () => {
    const examples = await examplesOf(definition)
    expect(examples).toHaveLength(3)
    for (const [, draft] of examples) {
      for (const role of roles) {
        const actor = { userId: 'user-2', roles: [role] }
        const may = role === 'owner' || definition.roles.post.includes(role)
        fc.assert(
          fc.property(withGoods, (writable) => {
            const refusals = refusalsOf(definition, draft, { actor, audiences: writable })
            expect(refusals).toEqual(may ? [] : ['role-missing'])
          }),
          { numRuns: 8 },
        )
      }
    }
  })

  it('[DOC3] keeps each audience in its own part', () => {
    fc.assert(
      fc.property(fc.nat(), withGoods, (seed, writable) => {
        const draft = randomDraft(definition, seed)
        const { parts } = aPosting(definition, draft, { audiences: writable })
        const own = partsOfPosting(
          definition,
          completeDraft(definition, draft, aPostContext(definition)),
        )
        expect(parts.map(({ audience }) => audience)).toEqual(
          own.filter((part) => writable.includes(part)),
        )
        const { bodies } = postedDocument(aPosting(definition, draft, { audiences: writable }))
        for (const body of bodies) {
          const ofHeader = Object.keys(body.header).map((name) => definition.header[name])
          const ofLines = body.lines
            .flatMap((line) => Object.keys(line))
            .filter((name) => name !== 'lineId')
            .map((name) => definition.lines[name])
          const readers = new Set([...ofHeader, ...ofLines].map((field) => field?.audience))
          expect([...readers].filter((reader) => reader !== body.part)).toEqual([])
          expect(body.part === 'goods' || body.legs === undefined).toBe(true)
          expect(body.part === 'buying' || body.values === undefined).toBe(true)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('[SUP1] says the same at once or in two steps', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const draft = randomDraft(definition, seed)
        const first = aPosting(definition, draft, { audiences: ['goods'] })
        const known = [exampleOrder, exampleReceipt, exampleDispatch, postedDocument(first)]
        const given = { documents: documentsOf(known) }
        const rest = supplyPart(aPostContext(definition, given), draft.docId, {
          header: withoutGoods(definition.header, draft.header),
          lines: draft.lines.map(({ lineId, ...line }) => ({
            ...{ ...withoutGoods(definition.lines, line), lineId },
          })),
        })
        const supplied = rest.ok ? rest.value.parts : []
        const contentOf = ({ body }: Posting['parts'][number]) => ({
          ...{ ...body, parts: undefined, postingId: undefined },
        })
        expect([...first.parts, ...supplied].map(contentOf)).toEqual(
          aPosting(definition, draft).parts.map(contentOf),
        )
      }),
      { numRuns: 30 },
    )
  })

  it('[DOC4] moves what its lines say', () => {
    const service = exampleShop.delivery
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const draft = randomDraft(definition, seed)
        const { legs } = postedDocument(aPosting(definition, draft))
        const sum = (rows: readonly (readonly [unknown, unknown])[]) =>
          rows.reduce((total, [, quantity]) => total + Number(quantity), 0)
        for (const sku of new Set(draft.lines.map((line) => line['skuId']))) {
          const ofLines = draft.lines.filter((line) => line['skuId'] === sku)
          const stated = sum(ofLines.map((line) => [sku, line['quantity'] ?? 0]))
          const ofLegs = legs.filter((leg) => leg.sku === sku)
          const moved = sum(ofLegs.map((leg) => [sku, leg.counted ?? leg.quantity]))
          if (legs.some(({ group }) => group !== undefined)) continue
          const isStill =
            definition.claims !== undefined || stillClasses.has(definition.movementClass)
          const isUnmoved = isStill || sku === service
          expect(Math.abs(moved)).toBe(isUnmoved ? 0 : stated)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('[DOC5] writes bodies that every reader accepts', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const body of postedDocument(aPosting(definition, randomDraft(definition, seed)))
          .bodies) {
          expect(postedBody.check(body as unknown as Json)).toBeUndefined()
          expect(canonicalText(body as unknown as Json)).toContain(body.docId)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('[DOC6] balances its voucher', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(1_000_000), (seed, cost) => {
        const draft = randomDraft(definition, seed)
        const document = completeDraft(definition, draft, aPostContext(definition))
        const valueOf = ({ leg, kind }: { leg: string; kind: string }) => {
          const line = document.lines.find(({ lineId }) => lineId === leg)
          const gross = Number(line?.['amount'] ?? 0) - Number(line?.['allowance'] ?? 0)
          const tax = Number(line?.['tax'] ?? 0)
          const amounts = { 'gross-of': gross, 'tax-of': tax }
          const counted = { 'gain-of': cost, 'loss-of': 0 }
          const all: Record<string, number> = {
            ...amounts,
            ...counted,
            'net-of': gross - tax,
            'cost-of': cost,
          }
          return all[kind] ?? Number.NaN
        }
        const balance = definition.voucherLines(document).reduce((sum, line) => {
          const { amount, side, isRed } = line
          const value = amount.kind === 'stated' ? amount.amount : valueOf(amount)
          return sum + value * (side === 'debit' ? 1 : -1) * (isRed ? -1 : 1)
        }, 0)
        expect(balance).toBe(0)
      }),
      { numRuns: 50 },
    )
  })

  it('[DOC7] prints and books its examples as reviewed', async () => {
    const examples = await examplesOf(definition)
    const pages = examples.map(([name, draft]) => `# ${name}\n${paper(definition, draft)}\n`)
    await expect(pages.join('\n')).toMatchFileSnapshot(
      `../../tests/goldens/documents/${definition.type}.txt`,
    )
  })
})

function withoutGoods(
  fields: AnyDocumentDefinition['header'],
  values: DraftDocument['header'],
): DraftDocument['header'] {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => fields[name]?.audience !== 'goods'),
  )
}

/** What is printed and booked, as text that a bookkeeper can check. */
function paper(definition: AnyDocumentDefinition, draft: DraftDocument): string {
  const posting = aPosting(definition, draft)
  const { masters } = exampleShop
  const model = printModel({
    ...{ definition, document: postedDocument(posting), number: posting.number },
    ...{ date: '2026-11-22', masters, audiences, language: 'zh-CN' },
  })
  return [
    `${model.company} ${model.title} ${model.number} ${model.date}`,
    model.header.map(({ label, text }) => `${label}: ${text}`).join('  '),
    model.columns.map(({ label }) => label).join(' | '),
    ...[...model.rows, model.totals].map((row) => row.join(' | ')),
    ...(model.due === undefined ? [] : [`${model.due.inWords} ${model.due.amount}`]),
    model.signatures.map((label) => `${label}: ____`).join('  '),
    ...voucherOf(definition, draft).map((line) => `  ${line}`),
  ].join('\n')
}
