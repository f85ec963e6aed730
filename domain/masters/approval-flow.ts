/**
 * 审批流 (approval flow): which documents of a type wait for whose approval, as the company says it; a value of
 * the company's field `approvalFlow:{id}`, so that two people who edit two flows never mix them. Who stands in for
 * whom is `approvalSubstitute:{user}`. Knows no record, no clock and no single document type.
 */

import type { Json } from '#domain/values/canonical-text.ts'
import { isUuid, type UserId } from '#domain/values/ids.ts'
import { limitInstantMs, limitMoney, limitPercent, limitText } from '#domain/values/limits.ts'
import type { Money } from '#domain/values/money.ts'
import type { Percent } from '#domain/values/percent.ts'
import { entryOf, familyOf, type MasterFields } from './master-field.ts'

export const approvalFlowField = 'approvalFlow'
export const approvalSubstituteField = 'approvalSubstitute'

/** One of the two is there. */
export interface FlowApprover {
  readonly role?: string
  readonly user?: UserId
}

export interface FlowStep {
  readonly approvers: readonly FlowApprover[]
  /** 或签: one of them; 会签: each of them. */
  readonly needs: 'any' | 'all'
  /** Only of documents that come to this much, fen. */
  readonly from?: Money
  /** 时限. */
  readonly hours?: number
}

export interface ApprovalFlow {
  readonly name: string
  /** 单据类型. */
  readonly type: string
  /** All branches where left out. */
  readonly branches?: readonly string[]
  /** Asked for where one of these holds; always where none is stated. */
  readonly amount?: Money
  /** A price so far below the list price. */
  readonly discount?: Percent
  /** A price below the minimum price. */
  readonly belowMinimum?: 1
  /** The author's own approval does not count. */
  readonly isSeparate?: 1
  readonly steps: readonly FlowStep[]
}

export interface NamedFlow extends ApprovalFlow {
  readonly id: string
}

/** 代理: who decides in the place of somebody for a while. */
export interface ApprovalSubstitute {
  readonly user: string
  /** First moment, and the first one that is not. */
  readonly from: number
  readonly until: number
}

/** What a flow asks about a document, as far as it is known. */
export interface DocumentFacts {
  readonly type: string
  readonly branch: string
  /** Fen, tax included. */
  readonly amount?: Money
  /** The greatest of its lines. */
  readonly discount?: Percent
  readonly isBelowMinimum?: boolean
}

export interface AskedFlow {
  readonly id: string
  readonly flow: ApprovalFlow
  /** Those that this document needs. */
  readonly steps: readonly FlowStep[]
}

const limitSteps = 10
const limitApprovers = 20
const limitHours = 8_760
const limitBranches = 500

/** [APR2] The flow that asks for approval of such a document: of several the one for the greatest amount. */
export function askedFlow(
  flows: readonly NamedFlow[],
  facts: DocumentFacts,
): AskedFlow | undefined {
  const [asked] = flows
    .filter((flow) => isAsking(flow, facts))
    .sort((a, b) => (b.amount ?? 0) - (a.amount ?? 0) || (a.id < b.id ? -1 : 1))
  if (asked === undefined) return undefined
  const { id, ...flow } = asked
  const steps = flow.steps.filter(({ from = 0 }) => from === 0 || (facts.amount ?? 0) >= from)
  return steps.length === 0 ? undefined : { id, flow, steps }
}

function isAsking(flow: ApprovalFlow, facts: DocumentFacts): boolean {
  const { type, branches, amount, discount, belowMinimum } = flow
  if (type !== facts.type) return false
  if (branches !== undefined && !branches.includes(facts.branch)) return false
  if (amount === undefined && discount === undefined && belowMinimum === undefined) return true
  return (
    (amount !== undefined && (facts.amount ?? -1) >= amount) ||
    (discount !== undefined && (facts.discount ?? -1) >= discount) ||
    (belowMinimum !== undefined && facts.isBelowMinimum === true)
  )
}

/** The flows among the fields of a company. */
export function flowsOf(company: MasterFields): readonly NamedFlow[] {
  return [...familyOf(company, approvalFlowField)].flatMap(([id, value]) => {
    const flow = approvalFlowOf(value)
    return flow === undefined ? [] : [{ ...flow, id }]
  })
}

/** Undefined for what is no flow. */
export function approvalFlowOf(value: Json): ApprovalFlow | undefined {
  return isApprovalFlow(value) ? (value as unknown as ApprovalFlow) : undefined
}

/** Undefined for what names nobody. */
export function substituteOf(value: Json): ApprovalSubstitute | undefined {
  return isSubstitute(value) ? (value as unknown as ApprovalSubstitute) : undefined
}

export function isApprovalFlow(value: Json): boolean {
  const flow = entryOf(value)
  if (flow === undefined || !hasOnly(flow, flowChecks)) return false
  return ['name', 'type', 'steps'].every((name) => flow[name] !== undefined)
}

export function isSubstitute(value: Json): boolean {
  const said = entryOf(value)
  if (said === undefined || !hasOnly(said, substituteChecks)) return false
  return ['user', 'from', 'until'].every((name) => said[name] !== undefined)
}

type Checks = Readonly<Record<string, (value: Json) => boolean>>

const flowChecks: Checks = {
  name: (value) => isText(value, limitText),
  type: (value) => isText(value, 40),
  branches: (value) =>
    isListOf(value, limitBranches, (each) => typeof each === 'string' && isUuid(each)),
  amount: (value) => isWithin(value, 0, limitMoney),
  discount: (value) => isWithin(value, 1, limitPercent),
  belowMinimum: (value) => value === 1,
  isSeparate: (value) => value === 1,
  steps: (value) => isListOf(value, limitSteps, isStep) && (value as readonly Json[]).length > 0,
}

const stepChecks: Checks = {
  approvers: (value) =>
    isListOf(value, limitApprovers, isApprover) && (value as readonly Json[]).length > 0,
  needs: (value) => value === 'any' || value === 'all',
  from: (value) => isWithin(value, 0, limitMoney),
  hours: (value) => isWithin(value, 1, limitHours),
}

const approverChecks: Checks = {
  role: (value) => isText(value, 40),
  user: (value) => typeof value === 'string' && isUuid(value),
}

const substituteChecks: Checks = {
  user: approverChecks['user'] as (value: Json) => boolean,
  from: (value) => isWithin(value, 0, limitInstantMs - 1),
  until: (value) => isWithin(value, 0, limitInstantMs - 1),
}

function isStep(value: Json): boolean {
  const step = entryOf(value)
  return (
    step !== undefined &&
    hasOnly(step, stepChecks) &&
    step['approvers'] !== undefined &&
    step['needs'] !== undefined
  )
}

function isApprover(value: Json): boolean {
  const approver = entryOf(value)
  return (
    approver !== undefined &&
    hasOnly(approver, approverChecks) &&
    Object.keys(approver).length === 1
  )
}

function hasOnly(fields: MasterFields, checks: Checks): boolean {
  return Object.entries(fields).every(
    ([name, value]) => Object.hasOwn(checks, name) && checks[name]?.(value) === true,
  )
}

function isText(value: Json, limit: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= limit
}

function isWithin(value: Json, min: number, max: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
}

function isListOf(value: Json, limit: number, isItem: (item: Json) => boolean): boolean {
  return Array.isArray(value) && value.length <= limit && value.every(isItem)
}
