/** Every text in Chinese, the language that a device begins in. */
import { approvalZhCn } from './approval-zh-CN.ts'
import { buyingZhCn } from './buying-zh-CN.ts'
import { changesZhCn } from './changes-zh-CN.ts'
import { closeZhCn } from './close-zh-CN.ts'
import { countZhCn } from './count-zh-CN.ts'
import { findingsZhCn } from './findings-zh-CN.ts'
import { ordersZhCn } from './orders-zh-CN.ts'
import { peopleZhCn } from './people-zh-CN.ts'
import { policyZhCn } from './policy-zh-CN.ts'
import { pricesZhCn } from './prices-zh-CN.ts'
import { problemsZhCn } from './problems-zh-CN.ts'
import { recipeZhCn } from './recipe-zh-CN.ts'
import { screensZhCn } from './screens-zh-CN.ts'
import { stockZhCn } from './stock-zh-CN.ts'
import { versionsZhCn } from './versions-zh-CN.ts'
import { zhCn } from './zh-CN.ts'
import type { Texts } from './texts.ts'

export const chinese: Texts = {
  sentences: {
    ...zhCn,
    ...approvalZhCn,
    ...buyingZhCn,
    ...changesZhCn,
    ...closeZhCn,
    ...countZhCn,
    ...findingsZhCn,
    ...ordersZhCn,
    ...peopleZhCn,
    ...policyZhCn,
    ...pricesZhCn,
    ...recipeZhCn,
    ...screensZhCn,
    ...stockZhCn,
    ...versionsZhCn,
  },
  problems: problemsZhCn,
}
