/** The Chinese text of the cost method and its change, keyed `policy.sentence`; policy-en.ts has the same keys. */
import type { Spoken } from './spoken.ts'

/** The shape every language must fill. */
export type PolicyDictionary = Spoken<typeof policyZhCn>

export const policyZhCn = {
  'policy.title': '成本计价',
  'policy.once': '只能在第一张单据之前选一次',
  'policy.fixed': '从第一张单据起固定；计价方法可以从一个月初起转换',
  'policy.saved': '计价方法已保存',
  'policy.method': '计价方法',
  'policy.scope': '计价范围',
  'policy.from': (month: string) => `${month}起`,
  'policy.by': (method: string, name: string) => (name === '' ? method : `${method} · ${name}`),
  'policy.change': '转换计价方法',
  'policy.changeNote': '从一个月初起换用另一种方法，库存金额不变，只影响以后发出的成本。',
  'policy.month': '从哪个月起',
  'policy.to': '换成',
  'policy.noMonth': '现在没有可以起用的月份',
  'policy.blocked': (month: string) => `${month}起不行`,
  'policy.branches': (names: string) => `还没结账的门店：${names}`,
  'policy.kept': (pools: number, value: string) =>
    `${pools} 种商品共 ${value} 元的库存金额原样带过去。`,
  'policy.same': '没有单据的成本会变。',
  'policy.confirm': (month: string, method: string) => `从${month}起改用${method}？`,
  'policy.effect': '转换后不能撤销；以后可以再从另一个月初起换成别的方法。',
  'policy.changed': (month: string, method: string) => `从${month}起用${method}`,
  'policy.moving-average': '移动加权平均',
  'policy.fifo': '先进先出',
  'policy.month-end': '月末一次加权平均',
  'policy.batch': '按批次',
  'policy.serial': '个别计价 (序列号)',
  'policy.branch': '按门店',
  'policy.warehouse': '按仓库',
  'policy.company': '全公司',
}
