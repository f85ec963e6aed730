/** The texts of the languages that this page knows: Chinese from the start, English once it was asked for. */
import type { ApprovalDictionary } from './approval-zh-CN.ts'
import type { BuyingDictionary } from './buying-zh-CN.ts'
import type { ChangesDictionary } from './changes-zh-CN.ts'
import type { CloseDictionary } from './close-zh-CN.ts'
import type { CountDictionary } from './count-zh-CN.ts'
import type { FindingsDictionary } from './findings-zh-CN.ts'
import type { OrdersDictionary } from './orders-zh-CN.ts'
import type { PeopleDictionary } from './people-zh-CN.ts'
import type { PolicyDictionary } from './policy-zh-CN.ts'
import type { PricesDictionary } from './prices-zh-CN.ts'
import type { RecipeDictionary } from './recipe-zh-CN.ts'
import type { ScreensDictionary } from './screens-zh-CN.ts'
import type { StockDictionary } from './stock-zh-CN.ts'
import type { VersionsDictionary } from './versions-zh-CN.ts'
import { chinese } from './chinese.ts'
import type { Language } from './language.ts'
import type { ProblemTexts } from './problem-saying.ts'
import type { Dictionary } from './zh-CN.ts'

export type Sentences = Dictionary &
  ApprovalDictionary &
  BuyingDictionary &
  ChangesDictionary &
  CloseDictionary &
  CountDictionary &
  FindingsDictionary &
  OrdersDictionary &
  PeopleDictionary &
  PolicyDictionary &
  PricesDictionary &
  RecipeDictionary &
  ScreensDictionary &
  StockDictionary &
  VersionsDictionary

export interface Texts {
  readonly sentences: Sentences
  readonly problems: ProblemTexts
}

const known: Partial<Record<Language, Texts>> = { 'zh-CN': chinese }

/** Chinese where the language has not been learned. */
export function textsOf(language: Language): Texts {
  return known[language] ?? chinese
}

/** Rejects where its texts cannot be fetched; the language in use stays as it is. */
export async function learn(language: Language): Promise<void> {
  if (language === 'en') known.en ??= (await import('./english.ts')).english
}
