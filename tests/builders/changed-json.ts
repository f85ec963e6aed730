/** Records that are wrong somewhere, for fuzz tests: a field gone, doubled, of another kind, too great, too deep. */

import type { Chance } from '#domain/replica/random.examples.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { packedWords } from '#domain/records/packed-words.ts'
import { exampleUuid } from '#domain/records/record.examples.ts'
import { isFields, type JsonFields } from '#domain/records/shape.ts'

/** `value` with one thing changed somewhere in it. */
export function changedJson(chance: Chance, value: Json): Json {
  if (typeof value !== 'object' || chance.isLucky(5)) return randomValue(chance)
  return isFields(value) ? changedFields(chance, value) : changedList(chance, value)
}

function changedList(chance: Chance, items: readonly Json[]): Json {
  const at = chance.int(items.length + 1)
  const item = items[at]
  const act = chance.int(5)
  if (item === undefined || act === 0) return [...items, randomValue(chance)]
  if (act === 1) return [...items, item]
  if (act === 2) return items.filter((_, i) => i !== at)
  return items.map((each, i) => (i === at ? changedJson(chance, each) : each))
}

function changedFields(chance: Chance, fields: JsonFields): Json {
  const names = Object.keys(fields)
  const act = chance.int(8)
  if (act === 0 || names.length === 0) {
    const own = ['forkOf', 'ownName', 'Bad Name', 'price:', 'p:箱', '箱', exampleUuid(3)]
    return { ...fields, [chance.pick([...packedWords, ...own])]: randomValue(chance) }
  }
  const name = chance.pick(names)
  const { [name]: value = 0, ...rest } = fields
  if (act === 1) return rest
  if (act === 2) return { ...rest, [chance.pick(packedWords)]: value }
  return { ...rest, [name]: changedJson(chance, value) }
}

/** Values that fit somewhere, almost fit, or fit nowhere. */
function randomValue(chance: Chance): Json {
  const texts = [
    '',
    'a',
    'A7',
    'goods',
    'sales',
    'l1',
    's1',
    'all',
    'server',
    'server-0',
    '箱',
    '🙂',
  ]
  const numbers = [0, -1, 1, 63, 64, 1e12, 1e12 + 1, 2 ** 43, -(2 ** 43), Number.MAX_SAFE_INTEGER]
  switch (chance.int(8)) {
    case 0:
      return chance.pick(texts)
    case 1:
      return chance.pick(packedWords)
    case 2:
      return chance.pick(numbers)
    case 3:
      return exampleUuid(chance.int(12))
    case 4:
      return 'x'.repeat(chance.pick([1, 36, 64, 65, 80, 81, 200, 201, 2_000, 2_001]))
    case 5:
      return Array.from({ length: chance.int(4) }, () => randomValue(chance))
    case 6:
      return { [chance.pick(packedWords)]: randomValue(chance), zName: chance.int(9) }
    default:
      return 'ab'.repeat(32)
  }
}
