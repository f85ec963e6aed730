/**
 * Light or dark, desk or floor: the person's choice, kept on the device; `auto` follows the system and
 * the kind of pointer. Writes data-theme and data-density on the root element, which tokens.css reads.
 */
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'

export type ThemeChoice = 'auto' | 'light' | 'dark'
export type DensityChoice = 'auto' | 'desk' | 'floor'
export type Density = 'desk' | 'floor'

const themeKey = 'liancang.theme'
const densityKey = 'liancang.density'

const [theme, setTheme] = createSignal<ThemeChoice>(
  stored(themeKey, ['auto', 'light', 'dark']) ?? 'auto',
)
const [density, setDensity] = createSignal<DensityChoice>(
  stored(densityKey, ['auto', 'desk', 'floor']) ?? 'auto',
)
const [isSystemDark, setSystemDark] = createSignal(matches('(prefers-color-scheme: dark)'))
const [isCoarse, setCoarse] = createSignal(matches('(pointer: coarse)'))

export const themeChoice: Accessor<ThemeChoice> = theme
export const densityChoice: Accessor<DensityChoice> = density

export function chooseTheme(choice: ThemeChoice): void {
  setTheme(choice)
  store(themeKey, choice)
}

export function chooseDensity(choice: DensityChoice): void {
  setDensity(choice)
  store(densityKey, choice)
}

/** What is in force after `auto`. */
export function themeInForce(): 'light' | 'dark' {
  const choice = theme()
  if (choice !== 'auto') return choice
  return isSystemDark() ? 'dark' : 'light'
}

export function densityInForce(): Density {
  const choice = density()
  if (choice !== 'auto') return choice
  return isCoarse() ? 'floor' : 'desk'
}

/** Height of one row of a grid or table in px; the twin of `--row` in tokens.css. */
export function rowHeight(): number {
  return densityInForce() === 'floor' ? 56 : 32
}

/** How much wider columns are where type is larger. */
export function columnScale(): number {
  return densityInForce() === 'floor' ? 1.18 : 1
}

/** Keeps the root element in step; called once by the app under its root owner. */
export function createAppearance(): void {
  const stopDark = watch('(prefers-color-scheme: dark)', setSystemDark)
  const stopCoarse = watch('(pointer: coarse)', setCoarse)
  onCleanup(stopDark)
  onCleanup(stopCoarse)
  createEffect(() => {
    document.documentElement.dataset['theme'] = themeInForce()
    document.documentElement.dataset['density'] = densityInForce()
  })
}

function matches(query: string): boolean {
  return typeof matchMedia === 'function' && matchMedia(query).matches
}

function watch(query: string, set: (isMatching: boolean) => void): () => void {
  const list = matchMedia(query)
  const onChange = (event: MediaQueryListEvent) => set(event.matches)
  list.addEventListener('change', onChange)
  return () => list.removeEventListener('change', onChange)
}

function stored<Choice extends string>(
  key: string,
  choices: readonly Choice[],
): Choice | undefined {
  try {
    const text = globalThis.localStorage?.getItem(key)
    return choices.find((choice) => choice === text)
  } catch {
    return undefined
  }
}

function store(key: string, choice: string): void {
  try {
    globalThis.localStorage?.setItem(key, choice)
  } catch {
    // Without storage the choice lasts until the tab closes.
  }
}
