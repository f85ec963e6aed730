/** The Chinese text of what a sync has changed in figures, keyed `screen.sentence`; changes-en.ts has the same keys. */
import type { Spoken } from './spoken.ts'

/** The shape every language must fill. */
export type ChangesDictionary = Spoken<typeof changesZhCn>

export const changesZhCn = {
  'changes.title': '变动说明',
  'changes.since': (moment: string) => `${moment} 看过以后，别的设备改了哪些数，为什么`,
  'changes.seeAll': '全部看过',
  'changes.seen': '都看过了，以后来的变动再列在这里',
  'changes.empty': '没有新的变动',
  'changes.emptyNote': '别的设备的单据同步过来，改了哪种商品的数量或金额，这里逐条说明。',
  'changes.notYet': '等第一次同步完成',
  'changes.notYetNote': '这台设备的单据取齐以后，别的设备再改的数会列在这里。没有网络时照常开单。',
  'changes.more': (left: number) => `再看 ${left} 种`,
  'changes.cut': (shown: number) => `只列最新的 ${shown} 种，其余看各商品的台账。`,
  'changes.showAll': '看全部',
  'changes.quantity': '数量',
  'changes.value': '金额',
  'changes.average': '均价',
  'changes.profit': '以前销售的毛利',
  'changes.arrow': '→',
  'changes.moved': (count: number, type: string) => `来了 ${count} 张${type}`,
  'changes.counted': (count: number) => `来了 ${count} 张盘点，按点到的数算`,
  'changes.reversed': (count: number, type: string) => `${count} 张${type}被红冲了`,
  'changes.replaced': '一张单据在两台设备上都过了账，另一次生效',
  'changes.priced': '价格到了（补录、发票或费用），货没有动',
  'changes.recounted': '迟到的单据改了盘点时的账面，盘盈盘亏重算',
  'changes.recosted': '以前单据的成本随之重算，货没有动',
  'changes.own': (count: number) => `本机开的 ${count} 张单据`,
  'changes.happened': (moment: string) => `${moment} 发生`,
  'changes.arrived': (moment: string) => `${moment} 收到`,
  'changes.moreDocuments': (count: number) => `还有 ${count} 张`,
  'changes.notice': (count: string) => `上次看过以后，同步改了 ${count} 种商品的数`,
  'changes.why': '看原因',
  'changes.ofProduct': '同步后有变动',
}
