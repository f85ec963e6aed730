/** What happened and what to do, in Chinese, for every code of problem-codes.ts. */
import { approvalProblemsZhCn } from './approval-problems-zh-CN.ts'
import { buyingProblemsZhCn } from './buying-problems-zh-CN.ts'
import { deviceProblemsZhCn } from './device-problems-zh-CN.ts'
import { documentProblemsZhCn } from './document-problems-zh-CN.ts'
import { importProblemsZhCn } from './import-problems-zh-CN.ts'
import { priceProblemsZhCn } from './price-problems-zh-CN.ts'
import { stockProblemsZhCn } from './stock-problems-zh-CN.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const problemsZhCn: ProblemTexts = {
  ...documentProblemsZhCn,
  ...deviceProblemsZhCn,
  ...importProblemsZhCn,
  ...stockProblemsZhCn,
  ...buyingProblemsZhCn,
  ...priceProblemsZhCn,
  ...approvalProblemsZhCn,
}
