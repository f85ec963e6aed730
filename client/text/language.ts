/** Which language the screens speak; chosen by the person, kept on the device, Chinese first. */
import { createSignal } from 'solid-js'

export type Language = 'zh-CN' | 'en'

/** A name in both languages, as the document definitions carry them. */
export type Label = readonly [zh: string, en: string]

const storageKey = 'liancang.language'
const [current, setCurrent] = createSignal<Language>(storedLanguage())

/** The language in use; reading it in a view follows every later choice. */
export function language(): Language {
  return current()
}

/** Switches at once and remembers the choice on this device. */
export function chooseLanguage(next: Language): void {
  setCurrent(next)
  if (typeof document !== 'undefined') document.documentElement.lang = next
  try {
    globalThis.localStorage?.setItem(storageKey, next)
  } catch {
    // A browser that refuses storage still gets the language until the tab closes.
  }
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
