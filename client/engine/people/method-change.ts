/** 成本方法转换 (change of the cost method): from which month on it is possible, as the server answers it. */
import * as v from 'valibot'
import { nameOf, type Reading } from '#client/projections/reading.ts'
import type { MethodChangeDetail } from '../face/face.ts'
import { callServer, type Workshop } from '../handlers/workshop.ts'

const monthShape = v.object({
  month: v.string(),
  methods: v.array(v.string()),
  problem: v.optional(v.object({ code: v.string(), branches: v.optional(v.array(v.string())) })),
})
const answerShape = v.object({ months: v.array(monthShape) })

export async function methodChangeDetail(
  workshop: Workshop,
): Promise<MethodChangeDetail | undefined> {
  const { reading } = workshop
  if (reading === undefined) return undefined
  const answered = await callServer(workshop, 'GET', '/api/company/cost-method')
  const parsed = v.safeParse(answerShape, answered.ok ? answered.value : undefined)
  if (!parsed.success) {
    const [problem = { code: 'answer-malformed' }] = answered.ok ? [] : answered.problem
    return { months: [], problem }
  }
  return { months: parsed.output.months.map((each) => monthRow(reading, each)) }
}

function monthRow(
  reading: Reading,
  { month, methods, problem }: v.InferOutput<typeof monthShape>,
): MethodChangeDetail['months'][number] {
  const branches = (problem?.branches ?? []).map((id) => nameOf(reading, 'branch', id))
  return { month, methods, branches, ...(problem && { problem: { code: problem.code } }) }
}
