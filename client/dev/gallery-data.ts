/** Made-up goods and figures for the gallery; deterministic, so that screenshots compare. */
import { quantity, type Quantity } from '#domain/values/quantity.ts'
import type { NamedUnit } from '#domain/values/unit.ts'
import type { Suggestion } from '#client/ui/suggestions.ts'

export const beerUnits: readonly NamedUnit[] = [
  { name: '瓶', factor: { numerator: 1, denominator: 1 } },
  { name: '箱', factor: { numerator: 12, denominator: 1 } },
]

export const spark: readonly number[] = Array.from({ length: 90 }, (_, day) =>
  Math.round(150 + 90 * Math.sin(day / 9) + day + ((day * 37) % 29)),
)

const names = [
  ['可口可乐', '330ml 罐'],
  ['青岛啤酒', '500ml 瓶'],
  ['农夫山泉', '550ml'],
  ['康师傅红烧牛肉面', '5 连包'],
  ['金龙鱼调和油', '5L'],
  ['海天生抽', '1.6L'],
  ['维达抽纸', '3 层 120 抽'],
  ['蒙牛纯牛奶', '250ml×16'],
  ['双汇王中王', '60g×8'],
  ['五得利面粉', '5kg'],
] as const

export interface Goods {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly specification: string
  readonly onHand: Quantity
  readonly price: number
}

/** 50,000 goods: index decides everything. */
export function goodsAt(index: number): Goods {
  const [name, specification] = names[index % names.length] ?? names[0]
  const series = Math.floor(index / names.length)
  return {
    id: `sku-${index}`,
    code: String(6_900_000_000_000 + index * 7),
    name: series === 0 ? name : `${name} ${series + 1} 号`,
    specification,
    onHand: quantity(((index * 7_919) % 4_000) * 2_500 - 50_000),
    price: 1_500_000 + ((index * 131) % 900) * 100_000,
  }
}

export const goodsCount = 50_000

/** Suggestions as a query would answer: a little later. */
export async function suggestGoods(text: string): Promise<readonly Suggestion[]> {
  await new Promise((resolve) => setTimeout(resolve, 12))
  const wanted = text.trim().toLowerCase()
  const initials: Readonly<Record<string, string>> = {
    kkkl: '可口可乐',
    qdpj: '青岛啤酒',
    nfsq: '农夫山泉',
    ksf: '康师傅',
    jly: '金龙鱼',
    wdcz: '维达抽纸',
  }
  const spelled = Object.entries(initials).find(([key]) => wanted !== '' && key.startsWith(wanted))
  return Array.from({ length: 40 }, (_, index) => goodsAt(index))
    .filter(
      ({ name, code }) =>
        wanted === '' ||
        name.includes(wanted) ||
        code.endsWith(wanted) ||
        (spelled !== undefined && name.includes(spelled[1])),
    )
    .slice(0, 8)
    .map(({ id, name, specification, code }) => ({
      value: id,
      label: name,
      note: specification,
      end: code.slice(-6),
    }))
}
