/**
 * What approvals are judged by: flows, substitutes and rights as they were said up to a moment of the hybrid clock.
 * Later words change nothing of what was decided before them.
 */

import {
  approvalFlowField,
  approvalFlowOf,
  type ApprovalSubstitute,
  approvalSubstituteField,
  type NamedFlow,
  substituteOf,
} from '#domain/masters/approval-flow.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Directory } from './directory.ts'
import type { FoldState } from './fold-state.ts'
import { cellsOf, compareVersions } from './master-tables.ts'
import { mastersOf } from './masters.ts'

export interface ApprovalGround {
  flowsAt(hlc: number): readonly NamedFlow[]
  /** Types for which there ever was a flow. */
  readonly flowTypes: ReadonlySet<string>
  /** Who stands in for `user` where that was said by `hlc`. */
  substituteAt(user: string, hlc: number): ApprovalSubstitute | undefined
  /** Whoever `user` stands in for at `at`. */
  standsInFor(user: string, hlc: number, at: number): readonly string[]
  /** 角色 of a person in a branch. */
  rolesAt(user: string, branch: string, hlc: number): readonly string[]
}

interface Version {
  readonly hlc: number
  readonly value: Json
}

type History = ReadonlyMap<string, readonly Version[]>

export function approvalGround(state: FoldState): ApprovalGround {
  const flows = historyOf(state, approvalFlowField)
  const substitutes = historyOf(state, approvalSubstituteField)
  const substituteAt = (user: string, hlc: number) =>
    substituteOf(valueAt(substitutes.get(user), hlc) ?? '')
  const flowTypes = new Set(
    [...flows.values()].flat().flatMap(({ value }) => approvalFlowOf(value)?.type ?? []),
  )
  return {
    flowTypes,
    flowsAt: (hlc) =>
      [...flows].flatMap(([id, versions]) => {
        const flow = approvalFlowOf(valueAt(versions, hlc) ?? '')
        return flow === undefined ? [] : [{ ...flow, id }]
      }),
    substituteAt,
    standsInFor: (user, hlc, at) =>
      [...substitutes.keys()].filter((each) => {
        const said = substituteAt(each, hlc)
        return said?.user === user && said.from <= at && at < said.until
      }),
    rolesAt: (user, branch, hlc) => rolesAt(state.directory, user, branch, hlc),
  }
}

/** All that was ever said under the names of a family of the company's fields, by key, oldest first. */
function historyOf({ masters }: FoldState, family: string): History {
  const { names, tables } = masters
  const { field, value, hlc, older } = tables.versions.columns
  const found = new Map<string, number[]>()
  for (const master of mastersOf(masters, 'company')) {
    for (const cell of cellsOf(tables, master)) {
      const name = names.fields.text(field[cell] as number)
      if (!name.startsWith(`${family}:`)) continue
      const versions = found.get(name.slice(family.length + 1)) ?? []
      found.set(name.slice(family.length + 1), versions)
      for (let at = cell; at >= 0; at = older[at] as number) versions.push(at)
    }
  }
  return new Map(
    [...found].map(([key, versions]) => [
      key,
      versions
        .sort((a, b) => compareVersions(tables, names, a, b))
        .map((at) => ({
          hlc: hlc[at] as number,
          value: JSON.parse(names.texts.read(value[at] as number)) as Json,
        })),
    ]),
  )
}

function valueAt(versions: readonly Version[] | undefined, hlc: number): Json | undefined {
  return versions?.filter((version) => version.hlc <= hlc).at(-1)?.value
}

/**
 * [APR5] Of what the server said of a person, what held at a moment of the hybrid clock; its first word for what was
 * decided before it had reached the device.
 */
function rolesAt(
  { rights }: Directory,
  user: string,
  branch: string,
  hlc: number,
): readonly string[] {
  const said = rights.get(user) ?? []
  const held = said.filter((each) => each.hlc <= hlc).at(-1) ?? said[0]
  return (held?.body.roles ?? [])
    .filter((each) => each.branch === 'all' || each.branch === branch)
    .map(({ role }) => role)
}
