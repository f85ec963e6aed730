/** The outcome of a self-audit as the status shows it: when, and the counter-example by its goods and document. */
import type { Fold } from '#domain/fold/fold.ts'
import type { AuditProblem } from '#domain/fold/self-audit.ts'
import type { Status } from '../face/face.ts'

export function auditStatus(
  fold: Pick<Fold, 'documents' | 'masters'>,
  at: number,
  problem: AuditProblem | undefined,
): NonNullable<Status['audit']> {
  if (problem === undefined) return { at }
  const { code, said, follows, docId } = problem
  const number = docId === undefined ? undefined : fold.documents.get(docId)?.number
  const goods = fold.masters.get('sku', problem.sku)?.['code']
  const sku = typeof goods === 'string' ? goods : problem.sku
  return {
    at,
    problem: { code, facts: { sku, said, follows, ...(number !== undefined && { number }) } },
  }
}
