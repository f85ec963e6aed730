/** Why an act was refused: one notice per problem, what happened and what to do next. */
import { For } from 'solid-js'
import type { Facts } from '#client/text/problem-saying.ts'
import { problemText } from '#client/text/problem-text.ts'
import { Notice } from './notice.tsx'

export interface ProblemNoticesProps {
  readonly problems: readonly { readonly code: string; readonly facts?: Facts }[]
}

export function ProblemNotices(props: ProblemNoticesProps) {
  return (
    <For each={props.problems}>
      {(problem) => (
        <Notice kind="stop" title={problemText(problem).what}>
          {problemText(problem).next}
        </Notice>
      )}
    </For>
  )
}
