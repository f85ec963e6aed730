import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { project, sourcesUnder } from './sources.ts'
import { silentTexts, spokenLiterals, textProblems } from './texts.ts'

describe('texts', () => {
  it('every text exists in Chinese and in English', async () => {
    const files = sourcesUnder(['client/text'], /zh-CN\.ts$/).map(({ path }) => path)
    expect(files).not.toEqual([])
    for (const file of files) {
      const zh = await dictionaryIn(file)
      const en = await dictionaryIn(file.replace('zh-CN.ts', 'en.ts'))
      expect(textProblems(zh, en)).toEqual([])
    }
  })

  it('every text is said somewhere', async () => {
    const isDictionary = (path: string) => /^client\/text\/.*(zh-CN|\ben)\.ts$/.test(path)
    const sources = sourcesUnder(['client'], /\.tsx?$/)
    const files = sources.map(({ path }) => path).filter((path) => path.endsWith('zh-CN.ts'))
    const screens = files.filter((path) => !path.includes('problems'))
    const keys = await Promise.all(
      screens.map(async (file) => Object.keys(await dictionaryIn(file))),
    )
    const rest = sources.filter(({ path }) => !isDictionary(path))
    expect(silentTexts([...new Set(keys.flat())], rest)).toEqual([])
  })

  it('no view holds a Chinese literal', () => {
    const views = sourcesUnder(['client'], /\.tsx$/).filter(
      ({ path }) => !path.startsWith('client/dev/'),
    )
    expect(spokenLiterals(views)).toEqual([])
  })

  it('finds missing and empty texts', () => {
    expect(textProblems({ a: '甲', b: '' }, { b: 'B', c: 'C' })).toEqual([
      'a is missing in English',
      'c is missing in Chinese',
      'b is empty',
    ])
  })

  it('finds texts that nothing says', () => {
    const text = "t('a.one'); t(`cost.${reason}`) // t('a.two')"
    expect(silentTexts(['a.one', 'a.two', 'cost.any'], [{ path: 'x.ts', text }])).toEqual(['a.two'])
  })

  it('finds Chinese in a view, not in its comments', () => {
    const text = `// 注释\nconst x = <p title="标题">过账</p> /* 说明 */\n`
    expect(spokenLiterals([{ path: 'client/x.tsx', text }])).toEqual([
      'client/x.tsx:2: "标题" belongs to client/text',
      'client/x.tsx:2: "过账" belongs to client/text',
    ])
  })
})

async function dictionaryIn(file: string): Promise<Record<string, unknown>> {
  const module: Record<string, unknown> = await import(join(project, file))
  const dictionaries = Object.values(module).filter((value) => typeof value === 'object')
  return Object.assign({}, ...dictionaries)
}
