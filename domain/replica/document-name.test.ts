import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exampleBranch, exampleDevice, exampleOrg } from '#domain/records/record.examples.ts'
import { type DocumentName, documentNameText, parseDocumentName } from './document-name.ts'

const org = exampleOrg
const branch = exampleBranch

const names: readonly DocumentName[] = [
  {
    kind: 'journal',
    ...{ org, branch, audience: 'buying', device: exampleDevice },
    shard: '2026-11' as never,
  },
  {
    kind: 'journal',
    ...{ org, branch: 'all', audience: 'goods', device: 'server-3' },
    shard: '2026-01' as never,
  },
  { kind: 'desk', org, branch, area: 'stock-2026-11', audience: 'goods' },
  { kind: 'heads', org, branch },
  { kind: 'heads', org, branch: 'all' },
  { kind: 'presence', org, branch },
]

describe('document names', () => {
  it('[RPL1] read back what they say', () => {
    for (const name of names) {
      expect(parseDocumentName(documentNameText(name))).toEqual({ ok: true, value: name })
    }
  })

  it('[RPL1] are read only in the one way that they are written', () => {
    const wrong = [
      ...['', '/', 'j', 'heads', `heads/${org}`, `heads/${org}/`, `heads/${org}/${branch}/`],
      ...[`heads//${branch}`, `Heads/${org}/${branch}`, `heads/${org}/${branch} `],
      ...[`heads/${org}/${branch}\n`, `heads/${org}/${branch}\0x`, ` heads/${org}/${branch}`],
      ...[`heads/${org.toUpperCase()}/${branch}`, `heads/${org}/../${branch}`, `heads/*/${branch}`],
      ...[`presence/${org}/all`, `presence/${org}/server-1`, `desk/${org}/all/stock/goods`],
      ...[`desk/${org}/${branch}/stock/money`, `desk/${org}/${branch}/Stock/goods`],
      ...[`desk/${org}/${branch}//goods`, `desk/${org}/${branch}/${'a'.repeat(33)}/goods`],
      ...[`sheet/${org}/${branch}/x`, '__proto__', 'constructor', 'toString', 'x'.repeat(200_000)],
      ...[
        `j/${org}/${branch}/goods/2026-11/${exampleDevice}/x`,
        `j/${org}/${branch}/goods/2026-11`,
      ],
      `j/${org}/all/goods/2026-11/${exampleDevice}`,
    ]
    for (const text of wrong) expect([text, parseDocumentName(text).ok]).toEqual([text, false])
  })

  it('[RPL1] say which segment is wrong', () => {
    expect(parseDocumentName(`desk/${org}/${branch}/stock/money`)).toEqual({
      ok: false,
      problem: { code: 'malformed-document-name', segment: 4 },
    })
  })

  it('[RPL1] never mean another document after a change of one letter', () => {
    const name = fc.constantFrom(...names.map(documentNameText))
    fc.assert(
      fc.property(name, fc.nat(), fc.string({ maxLength: 2 }), (text, place, letters) => {
        const at = place % (text.length + 1)
        const changed = text.slice(0, at) + letters + text.slice(at + 1)
        const parsed = parseDocumentName(changed)
        if (parsed.ok) expect(documentNameText(parsed.value)).toBe(changed)
      }),
      { numRuns: 3_000 },
    )
  })
})
