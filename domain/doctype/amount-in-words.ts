/** 大写金额: an amount as cheques, receipts and prints spell it, so that a digit cannot be added. */

import type { Money } from '#domain/values/money.ts'

const digits = '零壹贰叁肆伍陆柒捌玖'
const places = ['', '拾', '佰', '仟']

/**
 * 6007.14 is 陆仟零柒元壹角肆分, without 人民币 before it. 整 follows 元 and 角, never 分; several zeros make one
 * 零, written at the 万 and 亿 boundary too, but not between 元 and 角; a negative starts with 负 [AIW1].
 */
export function amountInWords(amount: Money): string {
  const fen = Math.abs(amount)
  const yuan = Math.floor(fen / 100)
  const jiao = Math.floor(fen / 10) % 10
  const whole = yuan > 0 || fen === 0 ? `${integerInWords(yuan)}元` : ''
  return (amount < 0 ? '负' : '') + whole + fractionInWords(jiao, fen % 10, yuan > 0)
}

function fractionInWords(jiao: number, fen: number, hasYuan: boolean): string {
  if (jiao === 0 && fen === 0) return '整'
  if (fen === 0) return `${digits[jiao]}角整`
  if (jiao === 0) return `${hasYuan ? '零' : ''}${digits[fen]}分`
  return `${digits[jiao]}角${digits[fen]}分`
}

/** Groups of four digits: 个, 万, 亿, 万亿. A zero is remembered until a digit follows it. */
function integerInWords(value: number): string {
  if (value === 0) return '零'
  const text = String(value)
  let words = ''
  let hasZero = false
  for (let i = 0; i < text.length; i++) {
    const place = text.length - 1 - i
    const digit = Number(text[i])
    if (digit > 0) words += (hasZero ? '零' : '') + digits[digit] + places[place % 4]
    hasZero = digit === 0
    if (place % 4 === 0) words += groupName(value, place)
  }
  return words
}

/** 万 only where its own group is not empty; 亿 also after an empty group below 万亿. */
function groupName(value: number, place: number): string {
  const isEmpty = Math.floor(value / 10 ** place) % 10_000 === 0
  if (place === 8) return '亿'
  return isEmpty || place === 0 ? '' : '万'
}
