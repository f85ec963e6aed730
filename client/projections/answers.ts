/** Every question of the face that is answered from the read model: one line each. */
import type { QueryArgs, QueryName, QueryResult } from '#client/engine/face/face.ts'
import { agePage } from './age-rows.ts'
import {
  approvalCount,
  approvalDetail,
  approvalPage,
  approvalPeople,
  dutyReport,
} from './approval-rows.ts'
import { cardRows } from './card-rows.ts'
import { changePage } from './change-rows.ts'
import { documentDetail, documentPage } from './document-rows.ts'
import { draftDetail, draftRows } from './draft-rows.ts'
import { decisionCount, findingPage } from './finding-rows.ts'
import { groundOfImport } from './ground-of-import.ts'
import { homeFigures } from './home-figures.ts'
import { linePrices } from './line-prices.ts'
import { lookUp } from './lookup-hits.ts'
import { masterPage, masterRow } from './master-rows.ts'
import { openSources } from './open-sources.ts'
import { costPolicyRow, methodImpactRows } from './policy-rows.ts'
import { priceSheet } from './price-sheet.ts'
import { printedDocument } from './printed-document.ts'
import { productPage, productRow } from './product-rows.ts'
import type { Reading } from './reading.ts'
import { recipeDetail } from './recipe-rows.ts'
import { stockFilters, traceOf } from './goods-rows.ts'
import { stockDetail, stockPage } from './stock-rows.ts'
import { tradedPrices } from './traded-prices.ts'
import { underWayPage } from './under-way-rows.ts'

/** Questions that ask for more than the read model: of the engine itself, or of the server. */
type OtherName =
  | 'status'
  | 'session'
  | 'agreement'
  | 'impact'
  | 'stockThen'
  | 'stockAt'
  | 'devices'
  | 'heldDevices'
  | 'setAside'
  | 'users'
  | 'closing'
  | 'methodChange'

export type AnswerName = Exclude<QueryName, OtherName>

export type Answers = {
  readonly [Name in AnswerName]: (
    args: QueryArgs<Name>,
  ) => QueryResult<Name> | Promise<QueryResult<Name>>
}

export function makeAnswers(reading: Reading): Answers {
  return {
    openSources: (args) => openSources(reading, args),
    home: () => homeFigures(reading),
    products: (args) => productPage(reading, args),
    recipe: (args) => recipeDetail(reading, args),
    product: ({ skuId }) => productRow(reading, skuId),
    stock: (args) => stockPage(reading, args),
    stockFilters: () => stockFilters(reading),
    trace: (args) => traceOf(reading, args),
    ages: (args) => agePage(reading, args),
    underWay: (args) => underWayPage(reading, args),
    stockOf: ({ skuId }) => stockDetail(reading, skuId),
    card: (args) => cardRows(reading, args),
    changes: (args) => changePage(reading, args),
    masters: (args) => masterPage(reading, args),
    master: ({ entity, id }) => masterRow(reading, entity, id),
    documents: (args) => documentPage(reading, args),
    document: ({ docId }) => documentDetail(reading, docId),
    print: (args) => printedDocument(reading, args),
    importGround: () => groundOfImport(reading),
    drafts: (args) => draftRows(reading, args),
    draft: ({ docId }) => draftDetail(reading, docId),
    linePrices: ({ docId }) => linePrices(reading, docId),
    priceSheet: (args) => priceSheet(reading, args),
    tradedPrices: (args) => tradedPrices(reading, args),
    findings: (args) => findingPage(reading, args),
    decisions: () => decisionCount(reading),
    approvals: (args) => approvalPage(reading, args),
    approvalCount: () => approvalCount(reading),
    approval: (args) => approvalDetail(reading, args),
    approvalPeople: () => approvalPeople(reading),
    duties: () => dutyReport(reading),
    costPolicy: () => costPolicyRow(reading),
    methodImpact: (args) => methodImpactRows(reading, args),
    lookup: (args) => lookUp(reading, args),
  }
}
