import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeRandom } from '#domain/demonstration/random.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { definitionOf, documentTypes } from '#domain/registry.ts'
import { assert } from '#domain/values/assert.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import {
  aPostContext,
  aPosting,
  documentsOf,
  postedDocument,
} from '#tests/builders/a-post-context.ts'
import { arbitraryDraft, orderableLines } from './arbitrary.ts'
import { checkDraft } from './check.ts'
import type { AnyDocumentDefinition } from './define.ts'
import { exampleReceipt } from './example-receipt.ts'
import { exampleShop } from './example-shop.ts'
import type { PostedDocument } from './readers.ts'

const types = documentTypes.map((definition) => [definition.type, definition] as const)
const linking = types.filter(([, { links }]) => links !== undefined)
const anyAudiences = fc
  .subarray<Audience>([...audiences])
  .map((some) => audiences.filter((each) => each === 'goods' || some.includes(each)))

function world(
  definition: AnyDocumentDefinition,
  seed: number,
  given: { audiences?: readonly Audience[]; origins?: readonly PostedDocument[] } = {},
) {
  const { origins = originsOf(definition, seed) } = given
  const context = aPostContext(definition, { documents: documentsOf(origins) })
  const place = { branch: exampleShop.branchId, docId: `${definition.type}-${seed}`, origins }
  return { ...context, ...place, random: makeRandom(seed), audiences, ...given }
}

/** One random posted document of each type that the type's lines may take back. */
function originsOf(
  { links, orders, adjusts }: AnyDocumentDefinition,
  seed: number,
): PostedDocument[] {
  if (adjusts !== undefined) return [exampleReceipt]
  return [...(links?.from ?? []), ...(orders?.from ?? [])].map((type) => {
    const definition = definitionOf(type)
    assert(definition !== undefined, 'links name registered types')
    const draft = arbitraryDraft(definition, world(definition, seed, { origins: [] }))
    return postedDocument(aPosting(definition, draft))
  })
}

it.each(types)('[ARB1] a random %s passes the check, whatever may be written', (_, definition) => {
  fc.assert(
    fc.property(fc.nat(), anyAudiences, (seed, may) => {
      const given = world(definition, seed, { audiences: may })
      expect(checkDraft(definition, arbitraryDraft(definition, given), given)).toEqual([])
    }),
    { numRuns: 60 },
  )
})

it.each(types)('[ARB1] the same dice make the same %s', (_, definition) => {
  const once = () => arbitraryDraft(definition, world(definition, 7))
  expect(once()).toEqual(once())
})

it.each(linking)('[ARB1] a random %s takes something back now and then', (_, definition) => {
  const lines = Array.from({ length: 20 }, (_, seed) =>
    arbitraryDraft(definition, world(definition, seed)),
  ).flatMap((draft) => draft.lines)
  const isOnward = definition.links?.as === 'onward'
  expect(new Set(lines.map((line) => 'originId' in line))).toEqual(
    new Set(isOnward ? [true] : [true, false]),
  )
})

const ordering = types.filter(([, { orders }]) => orders !== undefined)
it.each(ordering)('[ARB1] a random %s is about orders of its own branch', (_, definition) => {
  const given = world(definition, 3)
  const elsewhere = given.origins.map((origin) => ({ ...origin, branch: 'elsewhere' }))
  const docIds = orderableLines(definition, given).map(({ docId }) => docId)
  expect(new Set(docIds)).toEqual(new Set(given.origins.map(({ docId }) => docId)))
  expect(orderableLines(definition, { ...given, origins: elsewhere })).toEqual([])
})

const returning = linking.filter(([, { links }]) => links?.as !== 'onward')
it.each(returning)(
  '[ARB1] a random %s takes nothing back that went back before',
  (_, definition) => {
    for (let seed = 0; seed < 20; seed++) {
      const given = world(definition, seed)
      const documents = { ...given.documents, returnedOf: () => wholeQuantity(1_000_000) }
      const { lines } = arbitraryDraft(definition, { ...given, documents })
      expect(lines.filter((line) => 'originId' in line)).toEqual([])
    }
  },
)
