/** One word for one thing: the synonyms that GLOSSARY.md refuses, and the words it must hold. */
import type { SourceFile } from './sources.ts'
import { withoutComments } from './without-comments.ts'

/** Refused word → the word of the glossary. */
export const refused: Readonly<Record<string, string>> = {
  bill: 'document',
  consignee: 'customer',
  depot: 'warehouse',
  inventory: 'stock or stocktake',
  lot: 'batch',
  material: 'product',
  materials: 'product',
  requisition: 'purchase request',
  scrap: 'write-off',
  vendor: 'supplier',
  vendors: 'supplier',
  waybills: 'waybill',
}

/** The role of an account may be called so, and nothing else. */
const accountRole = /(['"])inventory\1/g

/** Refused words in code and strings, comments aside. */
export function refusedWords(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const found = new Set(
      wordsOf(withoutComments(text).replace(accountRole, '')).filter((word) =>
        Object.hasOwn(refused, word),
      ),
    )
    return [...found].map((word) => `${path}: "${word}" is ${refused[word]} in GLOSSARY.md`)
  })
}

/** Types and Chinese labels that no row of the glossary holds. */
export function unknownTerms(
  glossary: string,
  terms: readonly { type: string; chinese: string }[],
): string[] {
  return terms
    .filter(({ type, chinese }) => !hasRow(glossary, type, chinese))
    .map(({ type, chinese }) => `GLOSSARY.md has no row for ${chinese} \`${type}\``)
}

function hasRow(glossary: string, type: string, chinese: string): boolean {
  return glossary
    .split('\n')
    .some((row) => row.startsWith('|') && row.includes(chinese) && row.includes(`\`${type}\``))
}

/** `stockLot`, `STOCK_LOT` and `stock-lot` all hold the word `lot`. */
function wordsOf(text: string): string[] {
  return (text.match(/[A-Za-z]+/g) ?? [])
    .flatMap((name) => name.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/))
    .map((word) => word.toLowerCase())
}
