/**
 * `npm run new-document cash-deposit 缴款单 "Cash deposit"`: copies the write-off folder under a new
 * name, adds the line in the registry and the row in the glossary. Its author then changes what a
 * write-off is into what the new document is.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pinyin } from 'pinyin-pro'

const domain = join(import.meta.dirname, '..', 'domain')
const documents = join(domain, 'documents')
const template = { name: 'write-off', chinese: '报损单', english: 'Write-off', prefix: 'BSD' }

const { values: options, positionals } = parseArgs({
  options: { prefix: { type: 'string' } },
  allowPositionals: true,
})
const [name = '', chinese = '', english = ''] = positionals

if (!/^[a-z]+(?:-[a-z]+)*$/.test(name) || chinese === '' || english === '') {
  stop('usage: npm run new-document <kebab-name> <中文> <English> [-- --prefix JKD]')
}
if (existsSync(join(documents, name))) stop(`domain/documents/${name} is there already`)
const prefix = options.prefix ?? initialsOf(chinese)
const rules = ruleLettersOf(name)
if (allText().includes(`prefix: '${prefix}'`)) {
  stop(`another document is numbered ${prefix}: choose one with -- --prefix`)
}

copyFolder()
addToRegistry()
addToGlossary()
console.log(`domain/documents/${name}: numbers ${prefix}…, rules [${rules}1]…`)
console.log(`Next: domain/documents/${name}/RULES.md says what a ${name} is; then npm run check`)

function copyFolder(): void {
  mkdirSync(join(documents, name))
  for (const file of readdirSync(join(documents, template.name))) {
    const text = readFileSync(join(documents, template.name, file), 'utf8')
    const target = file.replaceAll(template.name, name)
    writeFileSync(join(documents, name, target), renamed(text))
  }
}

function addToRegistry(): void {
  const file = join(domain, 'registry.ts')
  const own = camel(template.name)
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (!new RegExp(`\\b${own}\\b`).test(line)) return [line]
      const isWholeLine = /^import\b/.test(line) || line.trim() === `${own},`
      return isWholeLine ? [line, renamed(line)] : [line.replace(own, `${own}, ${camel(name)}`)]
    })
  writeFileSync(file, lines.join('\n'))
}

function addToGlossary(): void {
  const file = join(domain, '..', 'GLOSSARY.md')
  const lines = readFileSync(file, 'utf8').split('\n')
  if (lines.some((line) => line.includes(`\`${name}\``))) return
  const at = lines.findIndex((line) => line.includes(`\`${template.name}\``))
  lines.splice(at + 1, 0, `| ${chinese} | ${english.toLowerCase()} | \`${name}\` | |`)
  writeFileSync(file, lines.join('\n'))
}

function renamed(text: string): string {
  const rulesOfTemplate = ruleIdsIn(template.name)[0] ?? 'WOF'
  return text
    .replaceAll(template.name, name)
    .replaceAll(camel(template.name), camel(name))
    .replaceAll(pascal(template.name), pascal(name))
    .replaceAll(template.english, english)
    .replaceAll(template.chinese, chinese)
    .replaceAll(`'${template.prefix}'`, `'${prefix}'`)
    .replaceAll(new RegExp(`\\b${rulesOfTemplate}(?=\\d)`, 'g'), rules)
}

/** 缴款单 → JKD */
function initialsOf(text: string): string {
  return pinyin(text, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toUpperCase()
}

/** Three letters nobody else uses: cash-deposit → CDE, else CAD, CAE … */
function ruleLettersOf(text: string): string {
  const taken = new Set(readdirSync(documents).flatMap(ruleIdsIn))
  const words = text.split('-')
  const letters = [...(words.at(-1) ?? ''), ...text.replaceAll('-', '')]
  const heads = [words.slice(0, -1).map((word) => word[0]), [text[0]]].map((head) => head.join(''))
  for (const head of heads.filter((candidate) => candidate !== '')) {
    for (let at = 0; at < letters.length; at += 1) {
      const tail = [...letters.slice(at), ...letters].slice(0, 3 - Math.min(2, head.length))
      const candidate = `${head.slice(0, 2)}${tail.join('')}`.toUpperCase()
      if (!taken.has(candidate)) return candidate
    }
  }
  return stop('no three letters are left for the rules')
}

function ruleIdsIn(folder: string): string[] {
  const file = join(documents, folder, 'RULES.md')
  if (!existsSync(file)) return []
  return [...readFileSync(file, 'utf8').matchAll(/\[([A-Z]+)\d+\]/g)].map((match) => match[1] ?? '')
}

function allText(): string {
  return readdirSync(documents)
    .map((folder) => join(documents, folder, `${folder}.ts`))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
}

function camel(text: string): string {
  return text.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function pascal(text: string): string {
  return camel(text).replace(/^./, (letter) => letter.toUpperCase())
}

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}
