/** The Chinese text of counting; count-en.ts has the same keys. */
import type { Spoken } from './spoken.ts'

/** The shape every language must fill. */
export type CountDictionary = Spoken<typeof countZhCn>

export const countZhCn = {
  'count.list': '列出商品…',
  'count.listTitle': '列出要盘的商品',
  'count.listNote':
    '按账面列出，实盘数留空；已列的不重复。一张单放不下的，自动接着开下一张盘点单。',
  'count.scope': '范围',
  'count.scopeAll': '全仓',
  'count.scopeCategory': '按分类',
  'count.scopeBrand': '按品牌',
  'count.scopeBin': '按库位',
  'count.chosen': '哪一个',
  'count.withEmpty': '账面没有库存的也列出',
  'count.listAct': '列出',
  'count.listing': '正在列出',
  'count.listedSoFar': (lines: string) => `已列 ${lines} 行`,
  'count.stop': '停止',
  'count.listed': (lines: string) => `已列出 ${lines} 行`,
  'count.listedNote': '点到的填实盘数，没有的填 0；留空就是没盘。',
  'count.listedMany': (sheets: string) =>
    `分成 ${sheets} 张盘点单，都在草稿里，可以分头去盘，盘完一张过账一张。`,
  'count.nothingListed': '没有要列的了',
  'count.nothingListedNote':
    '这个范围里账面有的商品都在这张单上了；没有库存的要列，勾选下面那一项。',
  'count.unlisted': (total: string) => `账面还有 ${total} 个批号或序列号没列进来`,
  'count.unlistedNote': '没列的不会动库存。点到了就列进来填数；确实没有的，列进来填 0。',
  'count.unlistedMore': (more: string) => `另有 ${more} 个`,
  'count.listUnlisted': '批号列进来，留空',
  'count.piecesNotFound': '序列号都没找到，按 0 记',
}
