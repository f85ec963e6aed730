/** `t`: every sentence of the screens by key, in the language in use. Keys are checked by the compiler. */
import { type Translator, translator } from '@solid-primitives/i18n'
import { language } from './language.ts'
import { type Sentences, textsOf } from './texts.ts'

export type TextKey = keyof Sentences

/** Says a sentence: `t('sync.waiting', 3)`. Reactive: call it in the view, do not keep its answer. */
export const t: Translator<Sentences> = translator(() => textsOf(language()).sentences)
