import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from '#domain/values/decimal-text.ts'
import { money } from '#domain/values/money.ts'
import { sharedData } from '#tests/builders/shared-data.ts'
import { amountInWords } from './amount-in-words.ts'

interface Vectors {
  readonly vectors: readonly { readonly amount: string; readonly accept: readonly string[] }[]
  readonly ours_only: readonly { readonly amount: string; readonly text: string }[]
}

function wordsOf(yuan: string): string {
  const fen = parseDecimal(yuan, 2)
  return fen.ok ? amountInWords(money(fen.value)) : fen.problem.code
}

describe('amountInWords', () => {
  it.each([
    ['5002.00', '伍仟零贰元整'],
    ['6007.14', '陆仟零柒元壹角肆分'],
    ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
    ['100000000.00', '壹亿元整'],
    ['0.00', '零元整'],
    ['0.05', '伍分'],
    ['-20.50', '负贰拾元伍角整'],
    ['90071992547409.91', '玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分'],
  ])('[AIW1] %s', (yuan, words) => {
    expect(wordsOf(yuan)).toBe(words)
  })

  it('[AIW1] never writes two zeros, nor 整 after 分', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger().filter((fen) => fen !== 0),
        (fen) => {
          expect(amountInWords(money(fen + 0))).not.toMatch(/零零|分整|零[元万亿]./)
        },
      ),
    )
  })

  const file = sharedData('vectors/rmb_uppercase.json')
  it.skipIf(file === undefined)('[AIW1] agrees with published examples', () => {
    const known = JSON.parse(readFileSync(file ?? '', 'utf8')) as Vectors
    for (const { amount, accept } of known.vectors) expect(accept).toContain(wordsOf(amount))
    for (const { amount, text } of known.ours_only)
      expect([amount, wordsOf(amount)]).toEqual([amount, text])
  })
})
