import { expect, it } from 'vitest'
import type { Json } from '#domain/values/canonical-text.ts'
import { contentHash, partHash } from './approval-body.ts'
import { checkRecord } from './kinds.ts'
import type { PostedBody } from './posted-body.ts'
import { exampleSubmission, exampleRecord, exampleUuid } from './record.examples.ts'
import type { JsonFields } from './shape.ts'

const good = exampleSubmission(10) as JsonFields

function problemOf(body: Json, id = 10) {
  const checked = checkRecord(
    exampleRecord({ kind: 'submitted.v1', body, id: exampleUuid(id) as never }),
  )
  return checked.ok ? undefined : checked.problem
}

it('[APR1] a submission stands under the id that its parts name, in the journal of its part', () => {
  expect(problemOf(good)).toBeUndefined()
  expect(problemOf(good, 11)).toMatchObject({ path: 'body.posting.parts.goods' })
  const posting = good['posting'] as JsonFields
  const sales = { ...posting, part: 'sales', legs: undefined }
  const { legs: _, ...withoutLegs } = sales
  expect(problemOf({ ...good, posting: withoutLegs as Json })).toMatchObject({
    path: 'body.posting.part',
  })
})

it('[APR1] the lead alone states flow and hashes', () => {
  const { flow: _, ...withoutFlow } = good
  expect(problemOf(withoutFlow)).toMatchObject({ path: 'body.flow', reason: 'missing' })
  const { hashes: __, ...withoutHashes } = good
  expect(problemOf(withoutHashes)).toMatchObject({ path: 'body.hashes', reason: 'missing' })
})

it('[APR1] what is hashed is the content, not who posts it; the salt keeps it from being guessed', () => {
  const posting = good['posting'] as unknown as PostedBody
  const again = { ...posting, postingId: exampleUuid(99), parts: {} } as unknown as PostedBody
  expect(contentHash(again)).toBe(contentHash(posting))
  expect(contentHash({ ...posting, number: 'X' })).not.toBe(contentHash(posting))
  const [one, other] = [1, 2].map((salt) => partHash({ salt: exampleUuid(salt), posting }))
  expect(one).not.toBe(other)
})
