/** What happened and what to do, in English, for every code of problem-codes.ts. */
import { approvalProblemsEn } from './approval-problems-en.ts'
import { buyingProblemsEn } from './buying-problems-en.ts'
import { deviceProblemsEn } from './device-problems-en.ts'
import { documentProblemsEn } from './document-problems-en.ts'
import { importProblemsEn } from './import-problems-en.ts'
import { priceProblemsEn } from './price-problems-en.ts'
import { stockProblemsEn } from './stock-problems-en.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const problemsEn: ProblemTexts = {
  ...documentProblemsEn,
  ...deviceProblemsEn,
  ...importProblemsEn,
  ...stockProblemsEn,
  ...buyingProblemsEn,
  ...priceProblemsEn,
  ...approvalProblemsEn,
}
