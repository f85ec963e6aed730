/** `t`: every sentence of the screens by key, in the language in use. Keys are checked by the compiler. */
import { type Translator, translator } from '@solid-primitives/i18n'
import { en } from './en.ts'
import { type Language, language } from './language.ts'
import { changesEn } from './changes-en.ts'
import { type ChangesDictionary, changesZhCn } from './changes-zh-CN.ts'
import { countEn } from './count-en.ts'
import { type CountDictionary, countZhCn } from './count-zh-CN.ts'
import { closeEn } from './close-en.ts'
import { type CloseDictionary, closeZhCn } from './close-zh-CN.ts'
import { findingsEn } from './findings-en.ts'
import { type FindingsDictionary, findingsZhCn } from './findings-zh-CN.ts'
import { buyingEn } from './buying-en.ts'
import { type BuyingDictionary, buyingZhCn } from './buying-zh-CN.ts'
import { ordersEn } from './orders-en.ts'
import { type OrdersDictionary, ordersZhCn } from './orders-zh-CN.ts'
import { policyEn } from './policy-en.ts'
import { type PolicyDictionary, policyZhCn } from './policy-zh-CN.ts'
import { peopleEn } from './people-en.ts'
import { type PeopleDictionary, peopleZhCn } from './people-zh-CN.ts'
import { recipeEn } from './recipe-en.ts'
import { type RecipeDictionary, recipeZhCn } from './recipe-zh-CN.ts'
import { screensEn } from './screens-en.ts'
import { type ScreensDictionary, screensZhCn } from './screens-zh-CN.ts'
import { stockEn } from './stock-en.ts'
import { type StockDictionary, stockZhCn } from './stock-zh-CN.ts'
import { versionsEn } from './versions-en.ts'
import { type VersionsDictionary, versionsZhCn } from './versions-zh-CN.ts'
import { type Dictionary, zhCn } from './zh-CN.ts'

type AllText = Dictionary &
  BuyingDictionary &
  ChangesDictionary &
  CloseDictionary &
  CountDictionary &
  FindingsDictionary &
  OrdersDictionary &
  PeopleDictionary &
  PolicyDictionary &
  RecipeDictionary &
  ScreensDictionary &
  StockDictionary &
  VersionsDictionary

const dictionaries: Readonly<Record<Language, AllText>> = {
  'zh-CN': {
    ...zhCn,
    ...changesZhCn,
    ...closeZhCn,
    ...countZhCn,
    ...buyingZhCn,
    ...findingsZhCn,
    ...ordersZhCn,
    ...peopleZhCn,
    ...policyZhCn,
    ...recipeZhCn,
    ...screensZhCn,
    ...stockZhCn,
    ...versionsZhCn,
  },
  en: {
    ...en,
    ...buyingEn,
    ...changesEn,
    ...closeEn,
    ...countEn,
    ...findingsEn,
    ...ordersEn,
    ...peopleEn,
    ...policyEn,
    ...recipeEn,
    ...screensEn,
    ...stockEn,
    ...versionsEn,
  },
}

export type TextKey = keyof AllText

/** Says a sentence: `t('sync.waiting', 3)`. Reactive: call it in the view, do not keep its answer. */
export const t: Translator<AllText> = translator(() => dictionaries[language()])
