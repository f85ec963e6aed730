/** A flow as a submission states it: only what one document needs, so that the company's later words change nothing. */

import type { AskedFlow, FlowStep } from './approval-flow.ts'

interface StatedFlow {
  readonly id: string
  readonly name: string
  readonly isSeparate?: 1
  readonly steps: readonly Omit<FlowStep, 'from'>[]
}

export function statedFlow({ id, flow, steps }: AskedFlow): StatedFlow {
  return {
    ...{ id, name: flow.name },
    ...(flow.isSeparate === 1 && { isSeparate: 1 as const }),
    steps: steps.map(({ approvers, needs, hours }) => ({
      ...{ approvers, needs },
      ...(hours !== undefined && { hours }),
    })),
  }
}
