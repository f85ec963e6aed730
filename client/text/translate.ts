/** `t`: every sentence of the screens by key, in the language in use. Keys are checked by the compiler. */
import { type Translator, translator } from '@solid-primitives/i18n'
import { en } from './en.ts'
import { type Language, language } from './language.ts'
import { ordersEn } from './orders-en.ts'
import { type OrderDictionary, ordersZhCn } from './orders-zh-CN.ts'
import { screensEn } from './screens-en.ts'
import { type ScreenDictionary, screensZhCn } from './screens-zh-CN.ts'
import { type Dictionary, zhCn } from './zh-CN.ts'

type AllText = Dictionary & ScreenDictionary & OrderDictionary

const dictionaries: Readonly<Record<Language, AllText>> = {
  'zh-CN': { ...zhCn, ...screensZhCn, ...ordersZhCn },
  en: { ...en, ...screensEn, ...ordersEn },
}

export type TextKey = keyof AllText

/** Says a sentence: `t('sync.waiting', 3)`. Reactive: call it in the view, do not keep its answer. */
export const t: Translator<AllText> = translator(() => dictionaries[language()])
