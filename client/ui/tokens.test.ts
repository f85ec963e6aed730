import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').replaceAll('"', "'")

/** The colours of one set, by name. */
function colours(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(selector)).split('}')[0] ?? ''
  const found = block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)
  return new Map([...found].map(([, name, value]) => [name ?? '', value ?? '']))
}

const sets = {
  light: colours(':root {'),
  dark: colours(":root[data-theme='dark'] {"),
}

const grounds = ['ground', 'sheet', 'sunken', 'lift', 'hover', 'selected']
/** Text on what it stands on: 4.5 : 1. */
const texts: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...grounds, 'pressed', 'accent-soft', 'amber-soft', 'red-soft', 'green-soft']],
  ['ink-2', [...grounds, 'accent-soft', 'amber-soft', 'red-soft', 'green-soft']],
  ['ink-3', ['ground', 'sheet', 'sunken', 'lift', 'hover']],
  ['accent', ['ground', 'sheet', 'sunken', 'lift', 'hover', 'selected', 'accent-soft']],
  ['red', ['ground', 'sheet', 'sunken', 'lift', 'hover', 'selected', 'red-soft']],
  ['amber', ['ground', 'sheet', 'lift', 'amber-soft']],
  ['green', ['ground', 'sheet', 'lift', 'green-soft']],
  ['on-accent', ['accent-fill', 'accent-fill-hover']],
  ['on-red', ['red-fill']],
]
/** Lines and marks that carry meaning: 3 : 1. */
const marks: readonly (readonly [string, readonly string[]])[] = [
  ['line', ['ground', 'sheet', 'lift']],
  ['accent', ['ground', 'sheet', 'lift']],
  ['amber-mark', ['sheet', 'amber-soft']],
  ['green-mark', ['sheet', 'green-soft']],
  ['chart', ['sheet', 'ground']],
  ['chart-grey', ['sheet', 'ground']],
]

describe('tokens', () => {
  for (const [theme, set] of Object.entries(sets)) {
    const below = (pairs: typeof texts, least: number) =>
      pairs.flatMap(([front, backs]) =>
        backs
          .map((back) => ({
            pair: `${front} on ${back}`,
            ratio: contrast(set.get(front) ?? '', set.get(back) ?? ''),
          }))
          .filter(({ ratio }) => !(ratio >= least))
          .map(({ pair, ratio }) => `${pair}: ${ratio.toFixed(2)}`),
      )

    it(`[TOK1] ${theme}: text has 4.5 : 1`, () => {
      expect(below(texts, 4.5)).toEqual([])
    })
    it(`[TOK1] ${theme}: lines and marks that mean something have 3 : 1`, () => {
      expect(below(marks, 3)).toEqual([])
    })
  }

  it('[TOK2] both sets name the same colours', () => {
    expect([...sets.dark.keys()]).toEqual([...sets.light.keys()])
  })
})

/** 1..21 for two `#rrggbb`; NaN when one is not such a colour. */
function contrast(one: string, other: string): number {
  const [lower, higher] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return ((higher ?? Number.NaN) + 0.05) / ((lower ?? Number.NaN) + 0.05)
}

function luminance(colour: string): number {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return Number.NaN
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255),
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
