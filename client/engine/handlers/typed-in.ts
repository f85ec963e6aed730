/** A document that was posted, as a draft of it would have to say it again. */
import { completeDraft } from '#domain/doctype/complete.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { PostContext } from '#domain/doctype/post.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import type { FieldValue, FieldValues } from '../face/face.ts'

type SaidDocument = Pick<PostedDocument, 'docId' | 'type' | 'branch' | 'at' | 'header' | 'lines'>

/** The fields of a posted document that a person typed: what follows from others follows again. */
export function typedIn(
  definition: AnyDocumentDefinition,
  { docId, type, branch, at, header, lines }: SaidDocument,
  context: PostContext,
): {
  readonly header: FieldValues
  readonly lines: readonly { readonly lineId: string; readonly fields: FieldValues }[]
} {
  const whole = { docId, type, branch, at, header: plain(definition.header, header) }
  const typed = lines.map((line) => {
    const { amount, ...fields } = plain(definition.lines, line)
    return { lineId: line.lineId, amount, fields }
  })
  const withoutAmounts = typed.map(({ lineId, fields }) => ({ ...fields, lineId }))
  const following = completeDraft(definition, { ...whole, lines: withoutAmounts }, context).lines
  return {
    header: { ...whole.header, at },
    lines: typed.map(({ lineId, amount, fields }, i) => {
      const isTyped = amount !== undefined && following[i]?.['amount'] !== amount
      return { lineId, fields: isTyped ? { ...fields, amount } : fields }
    }),
  }
}

function plain(
  group: AnyDocumentDefinition['header'],
  values: PostedDocument['header'],
): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const isPlain = typeof value === 'string' || typeof value === 'number'
      return isPlain && group[name]?.isDerived === false ? [[name, value]] : []
    }),
  )
}
