import { describe, expect, it } from 'vitest'
import { chainText, journalNameText, parseJournalName } from './journal-name.ts'
import { journalOf } from './record.ts'
import { exampleRecord, exampleUuid } from './record.examples.ts'

const name = journalOf(exampleRecord())
const text = journalNameText(name)

describe('journal names', () => {
  it('[REC9] read back what they say', () => {
    expect(parseJournalName(text)).toEqual({ ok: true, value: name })
    const company = { ...name, branch: 'all', device: 'server-12' }
    expect(parseJournalName(journalNameText(company))).toEqual({ ok: true, value: company })
  })

  it('[REC9] say which segment is wrong', () => {
    const segments = text.split('/')
    const bad = ['x', 'ORG', 'shop', 'secret', '2026-1', 'server-01']
    for (const [segment, value] of bad.entries()) {
      const changed = segments.map((each, i) => (i === segment ? value : each)).join('/')
      expect(parseJournalName(changed)).toEqual({
        ok: false,
        problem: { code: 'malformed-document-name', segment },
      })
    }
  })

  it('[REC9] have six segments, lower-case ids and nothing else', () => {
    const wrong = [
      '',
      text.slice(2),
      `${text}/`,
      `/${text}`,
      `${text}\0`,
      text.toUpperCase(),
      ` ${text}`,
    ]
    for (const each of wrong) expect([each, parseJournalName(each).ok]).toEqual([each, false])
    const device = { ...name, branch: 'all', device: exampleUuid(3) }
    expect(parseJournalName(journalNameText(device)).ok).toBe(false)
  })

  it('[REC9] share a chain over all their shards', () => {
    expect(chainText(name)).toBe(`${name.device}/${name.branch}/goods`)
  })
})
