/** Every text in English; fetched only where somebody reads it. */
import { approvalEn } from './approval-en.ts'
import { buyingEn } from './buying-en.ts'
import { changesEn } from './changes-en.ts'
import { closeEn } from './close-en.ts'
import { countEn } from './count-en.ts'
import { en } from './en.ts'
import { findingsEn } from './findings-en.ts'
import { ordersEn } from './orders-en.ts'
import { peopleEn } from './people-en.ts'
import { policyEn } from './policy-en.ts'
import { pricesEn } from './prices-en.ts'
import { problemsEn } from './problems-en.ts'
import { recipeEn } from './recipe-en.ts'
import { screensEn } from './screens-en.ts'
import { stockEn } from './stock-en.ts'
import { versionsEn } from './versions-en.ts'
import type { Texts } from './texts.ts'

export const english: Texts = {
  sentences: {
    ...en,
    ...approvalEn,
    ...buyingEn,
    ...changesEn,
    ...closeEn,
    ...countEn,
    ...findingsEn,
    ...ordersEn,
    ...peopleEn,
    ...policyEn,
    ...pricesEn,
    ...recipeEn,
    ...screensEn,
    ...stockEn,
    ...versionsEn,
  },
  problems: problemsEn,
}
