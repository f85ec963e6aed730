/** 月末结账 (month close) of the chosen branch, as the server answers it; without it, what is closed already. */
import * as v from 'valibot'
import type { Reading } from '#client/projections/reading.ts'
import { productRowsById } from '#client/projections/product-rows.ts'
import type { ClosingConcern, ClosingDetail, ClosingSeal, QueryArgs } from '../face/face.ts'
import { callServer, type Workshop } from '../handlers/workshop.ts'

const findingShape = v.object({ code: v.string(), skuId: v.optional(v.string()) })
const concernShape = v.object({
  code: v.string(),
  count: v.number(),
  devices: v.optional(
    v.array(v.object({ id: v.string(), name: v.string(), lastSeenAt: v.number() })),
  ),
  findings: v.optional(v.array(findingShape)),
})
const sealShape = v.object({
  recordId: v.string(),
  month: v.string(),
  at: v.number(),
  by: v.string(),
  isAutomatic: v.boolean(),
  overridden: v.array(v.string()),
  reason: v.string(),
})
const answerShape = v.object({
  months: v.array(v.string()),
  concerns: v.array(concernShape),
  seals: v.array(sealShape),
})

type Concern = v.InferOutput<typeof concernShape>

export async function closingDetail(
  workshop: Workshop,
  { month }: QueryArgs<'closing'>,
): Promise<ClosingDetail | undefined> {
  const { reading, sessions } = workshop
  const { branchId } = sessions
  if (reading === undefined || branchId === undefined) return undefined
  const asked = month === undefined ? '' : `?month=${encodeURIComponent(month)}`
  const path = `/api/branches/${encodeURIComponent(branchId)}/closing${asked}`
  const answered = await callServer(workshop, 'GET', path)
  const parsed = v.safeParse(answerShape, answered.ok ? answered.value : undefined)
  if (!parsed.success) {
    const [problem] = answered.ok ? [{ code: 'server-unreachable' }] : answered.problem
    const seals = sealRows(reading, reading.fold.seals.of(branchId))
    return { branchId, months: [], concerns: [], seals, ...(problem && { problem }) }
  }
  const { months, concerns, seals } = parsed.output
  return {
    ...{ branchId, months, concerns: concerns.map((each) => concernRow(reading, each)) },
    // The server knows a closing before its record has come back.
    seals: sealRows(reading, seals),
  }
}

function concernRow(reading: Reading, concern: Concern): ClosingConcern {
  const { code, count, devices = [], findings = [] } = concern
  const skuIds = [...new Set(findings.flatMap(({ skuId }) => skuId ?? []))]
  const products = productRowsById(reading, skuIds)
  return {
    ...{ code, count, devices },
    skus: skuIds.map((skuId) => ({ skuId, name: products[skuId]?.name ?? skuId })),
  }
}

/** Newest first. */
function sealRows({ fold }: Reading, seals: readonly ClosingSeal[]): readonly ClosingSeal[] {
  return [...seals].reverse().map((seal) => ({
    ...{ recordId: seal.recordId, month: seal.month, at: seal.at, reason: seal.reason },
    ...{ isAutomatic: seal.isAutomatic, overridden: seal.overridden },
    by: fold.directory.user(seal.by)?.name ?? '',
  }))
}
