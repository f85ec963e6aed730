import { expect, it } from 'vitest'
import { idOfVersion, nextVersionId, previousVersionId, versionOf } from './document-version.ts'

const uuid = '01900000-0000-7000-8000-000000000001'

it('[VER1] reads each id as one version of one document', () => {
  expect(versionOf(uuid)).toEqual({ docId: uuid, version: 1 })
  expect(versionOf(`${uuid}-v2`)).toEqual({ docId: uuid, version: 2 })
  for (const id of ['a-v1', 'a-v02', 'a-v10000', '-v2', 'a-v2-v3']) {
    expect(versionOf(id)).toEqual({ docId: id, version: 1 })
  }
})

it('[VER1] leads from each version to the next and back', () => {
  for (let version = 1, id = uuid; version < 12; version++) {
    expect(versionOf(id)).toEqual({ docId: uuid, version })
    expect(idOfVersion({ docId: uuid, version })).toBe(id)
    const next = nextVersionId(id)
    expect(previousVersionId(next)).toBe(id)
    id = next
  }
  expect(previousVersionId(uuid)).toBeUndefined()
})
