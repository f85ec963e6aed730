import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { chooseLanguage } from './language.ts'
import { isProblemCode, problemCodes } from './problem-codes.ts'
import { problemSentence, problemText } from './problem-text.ts'

const project = join(import.meta.dirname, '../..')

/** Codes that only programs meet: formats, chains, guards, findings (which have texts of their own). */
const notForPeople =
  /^(?:bad-|has-|malformed-|duplicate-|unknown-(?:kind|form)|entry-|envelope-|foreign-|link-|not-(?:canonical|json|binary)|name-forbidden|kind-refused|(?:prev|head)-differs|author-(?:unknown|revoked)|record-missing|record-exists|shard-went-back|too-deep|truncated|unsigned-tail|value-too-large|listener-failed|checkpoint-unreadable|negative-stock|over-returned|version-waits|unapproved-when-closed|built-on-unapproved|over-invoiced|priced-(?:reversed|missing)|posted-twice|arrived-after-count|moved-while-counted|surplus-on-shortage|counted-before-late|policy-restated|provisional-cost|stated-cost-exceeds|unapproved$|decided-without-right|clock-anomaly|fork$|late-arrival|oversold-|document-read-only|too-many-(?:clients|documents))/

/** Every literal `code: '…'` of domain, client and server, with one file that has it. */
function codesOfSources(): Map<string, string> {
  const found = new Map<string, string>()
  for (const folder of ['domain', 'client', 'sync-server']) {
    const names = readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    for (const name of names) {
      if (!/\.tsx?$/.test(name) || /\.test\.|^(?:text|dev)\//.test(name)) continue
      const text = readFileSync(join(project, folder, name), 'utf8')
      for (const [, code] of text.matchAll(/\bcode: '([a-z][a-z0-9-]*)'/g)) {
        found.set(code ?? '', `${folder}/${name}`)
      }
    }
  }
  return found
}

afterEach(() => chooseLanguage('zh-CN'))

describe('problem text', () => {
  it('every code that a person can meet has its sentence', () => {
    const silent = [...codesOfSources()]
      .filter(([code]) => !isProblemCode(code) && !notForPeople.test(code))
      .map(([code, file]) => `${code} in ${file}`)
    expect(silent).toEqual([])
  })

  it('says what happened and what to do, in both languages', async () => {
    const poor = problemCodes.filter((code) => {
      const { what, next } = problemText({ code })
      return !/[一-鿿]/.test(what) || !/[一-鿿]/.test(next)
    })
    expect(poor).toEqual([])
    await chooseLanguage('en')
    const strange = problemCodes.filter(
      (code) => !/^[\p{ASCII}’箱瓶]+$/u.test(problemSentence({ code })),
    )
    expect(strange).toEqual([])
  })

  it('puts the facts into the sentence, beside the code or under facts', () => {
    const facts = { onHand: 30_000, wanted: 125_000 }
    expect(problemText({ code: 'stock-short', facts }).what).toBe('库存不够：现存 3，要出 12.5')
    expect(problemText({ code: 'stock-short', ...facts }).what).toBe('库存不够：现存 3，要出 12.5')
    expect(
      problemText({ code: 'underpaid', facts: { payable: 123_450, received: 100 } }).what,
    ).toBe('收款不够：应收 1,234.50，实收 1.00')
  })

  it('shows a code it does not know instead of nothing', () => {
    expect(problemSentence({ code: 'moon-full' })).toContain('moon-full')
  })
})
