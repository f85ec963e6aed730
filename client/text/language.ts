/** Which language the screens speak; chosen by the person, kept on the device, Chinese first. */
import { createSignal } from 'solid-js'
import { learn } from './texts.ts'

export type Language = 'zh-CN' | 'en'

/** A name in both languages, as the document definitions carry them. */
export type Label = readonly [zh: string, en: string]

const storageKey = 'liancang.language'
const [current, setCurrent] = createSignal<Language>(storedLanguage())

/** The language in use; reading it in a view follows every later choice. */
export function language(): Language {
  return current()
}

/** Switches once its texts are here, and remembers the choice on this device. Rejects where they cannot be fetched. */
export async function chooseLanguage(next: Language): Promise<void> {
  await learn(next)
  setCurrent(next)
  if (typeof document !== 'undefined') document.documentElement.lang = next
  try {
    globalThis.localStorage?.setItem(storageKey, next)
  } catch {
    // A browser that refuses storage still gets the language until the tab closes.
  }
}

/** Before anything is drawn: the texts of the language chosen earlier. Without them it begins in Chinese. */
export async function speak(): Promise<void> {
  await learn(current()).catch((error: unknown) => {
    console.error('texts could not be fetched', error)
    setCurrent('zh-CN')
  })
}

/** The label in the language in use. */
export function labelText(label: Label): string {
  return language() === 'en' ? label[1] : label[0]
}

function storedLanguage(): Language {
  try {
    return globalThis.localStorage?.getItem(storageKey) === 'en' ? 'en' : 'zh-CN'
  } catch {
    return 'zh-CN'
  }
}
