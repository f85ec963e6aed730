/** The Chinese text of the findings, keyed `screen.sentence`; findings-en.ts has the same keys. */
import type { Spoken } from './spoken.ts'

/** The shape every language must fill. */
export type FindingsDictionary = Spoken<typeof findingsZhCn>

export const findingsZhCn = {
  'finding.decide': '待处理',
  'finding.info': '提醒',
  'findings.title': '异常',
  'findings.lead': '合并后的数据里不对劲的地方。原因消失，条目自己关闭。',
  'findings.shown': '显示哪些',
  'findings.toDecide': '要处理的',
  'findings.more': (count: number) => `还有 ${count} 条，接着看`,
  'findings.emptyNote': '所有设备的数据合起来，没有发现矛盾。',
  'finding.negativeStock': '负库存',
  'finding.negativeStockWhat': (name: string, quantity: string) =>
    `「${name}」账上是 ${quantity}，说明有货没有入账，或记错了仓库、单位。`,
  'finding.negativeStockNext': '先看是不是漏录了入库；再核对仓库和单位；都不是就盘点这一种。',
  'finding.postedTwice': '同一张单过账了两次',
  'finding.postedTwiceWhat': (documents: string) =>
    `${documents} 在两台设备上各过了一次账，账上只算了一次。`,
  'finding.postedTwiceNext': '货若真的动了两次，请另开一张单；只动了一次就不用管。',
  'finding.duplicateNumber': '单号重复',
  'finding.duplicateNumberWhat': (number: string) =>
    `有两张有效单据都叫 ${number}，多半是一台设备被复制或还原过。`,
  'finding.duplicateNumberNext': '两张都有效。请在纸单上注明，并检查那台设备。',
  'finding.duplicateCode': '编码重复',
  'finding.duplicateCodeWhat': (code: string) => `两个商品（或往来单位）都用了编码 ${code}。`,
  'finding.duplicateCodeNext': '给其中一个改编码，或停用多余的那个。',
  'finding.duplicateBarcode': '条码重复',
  'finding.duplicateBarcodeWhat': (barcode: string) =>
    `条码 ${barcode} 绑在几个商品上，扫码时会先问是哪一个。`,
  'finding.duplicateBarcodeNext': '把不对的那个商品上的条码去掉。',
  'finding.overReturned': '退得比卖得多',
  'finding.overReturnedWhat': (documents: string) =>
    `${documents} 的退货合计超过了原数量，多半是两台设备各退了一次。`,
  'finding.overReturnedNext': '核对退货单，多退的那张做红冲。',
  'finding.overInvoiced': '发票开得比到货多',
  'finding.overInvoicedWhat': (name: string, invoiced: string, came: string) =>
    `「${name}」这一行到货 ${came}，各张发票合计开了 ${invoiced}，多半是两台设备各录了一次。`,
  'finding.overInvoicedNext':
    '同一张发票录了两次：红冲多录的采购发票。货其实到得更多：补开采购入库单，把多开的部分改开到它上面。',
  'finding.pricedReversed': '入库单已红冲，发票或费用还在',
  'finding.pricedReversedWhat': (documents: string) =>
    `${documents}：货已经退出账，发票或费用单仍指着它，不再影响成本，应付还在。`,
  'finding.pricedReversedNext':
    '红冲这张采购发票或采购费用分摊单；入库单若重开过，再从新的入库单开发票、分摊费用。',
  'finding.pricedMissing': '发票或费用找不到入库单',
  'finding.pricedMissingWhat': (documents: string) =>
    `${documents} 指的入库单或其中那一行不在这里，暂时不影响任何成本。`,
  'finding.pricedMissingNext':
    '等录入库单的设备联网同步，到了自动关闭；确认没有这张入库单，就红冲后从对的入库单重开。',
  'finding.overArrived': '到货多于发出',
  'finding.overArrivedWhat': (documents: string) =>
    `${documents}：到货和损失加起来超过了发出的数量，可能是两台设备收了同一批货，或货到之后调拨出库单被红冲。`,
  'finding.overArrivedNext': '先点清实物：多收的那张入库单或损失单做红冲，漏开的调拨出库单补上。',
  'finding.reversedTwice': '重复红冲',
  'finding.reversedTwiceWhat': (documents: string) => `${documents} 被红冲了两次，只算一次。`,
  'finding.reversedTwiceNext': '不用处理。',
  'finding.reversalAlone': '红冲找不到原单',
  'finding.reversalAloneWhat': '收到一张红冲，它的原单还没有到这台设备。',
  'finding.reversalAloneNext': '等原单所在的设备联网同步。',
  'finding.linkBroken': '退货找不到原单行',
  'finding.linkBrokenWhat': (documents: string) =>
    `${documents} 引用的原单行不在或不相符，成本按当前均价计。`,
  'finding.linkBrokenNext': '核对原单，必要时红冲后重开。',
  'finding.lateArrival': '单据迟到，其月份已封账',
  'finding.lateArrivalWhat': (documents: string) =>
    `${documents} 的日期在已封账的月份，计入封账后第一个未封账的月份，封账的数不变。`,
  'finding.lateArrivalNext': '单据保留原日期，一般不用处理；要计回原月份，先反结账再重新封账。',
  'finding.policyRestated': '计价方法定了两次',
  'finding.policyRestatedWhat': (held: string, passedOver: string) =>
    `先定的「${held}」有效；后来定的「${passedOver}」不算，成本没有变。`,
  'finding.policyRestatedNext': '不用改；要换计价方法，在设置里从一个月初起转换。',
  'finding.statedCostExceeds': '副产品定额成本过高',
  'finding.statedCostExceedsWhat': (documents: string, excess: string) =>
    `单据 ${documents} 的定额成本比可分摊的成本多 ${excess}，暂按比例分掉现有成本。`,
  'finding.statedCostExceedsNext': '调低定额成本，或补录部件的入库价格。',
  'finding.provisionalCost': '成本待定',
  'finding.provisionalCostWhat': (name: string) =>
    `「${name}」有先卖后收的数量，或入库还没有补价格，成本暂按估计。`,
  'finding.provisionalCostNext': '补录入库价格，或补开漏掉的入库单，差额会自动补上。',
  'finding.duplicateSerial': '序列号冲突',
  'finding.duplicateSerialWhat': (name: string, serial: string) =>
    `${name} 的序列号 ${serial} 重复入库或重复出库，以较早的单据为准。`,
  'finding.duplicateSerialNext': '核对实物，红冲较晚的单据并用正确的序列号重开。数量和金额不变。',
  'finding.batchConflict': '批次效期不一致',
  'finding.batchConflictWhat': (name: string, batch: string, expires: string, others: string) =>
    `${name} 批号 ${batch} 有效期至 ${expires}，另有单据写的是 ${others}，以较早的为准。`,
  'finding.batchConflictNext': '核对包装，红冲写错的入库单并重开。',
  'finding.expiredSold': '售出过期商品',
  'finding.expiredSoldWhat': (name: string, batch: string, expires: string, soldOn: string) =>
    `${name} 批号 ${batch} 有效期至 ${expires}，${soldOn} 已售出。`,
  'finding.expiredSoldNext': '联系客户退回，剩余的做报损。',
  'finding.serialMissing': '未记序列号',
  'finding.serialMissingWhat': (name: string, quantity: string) =>
    `${name} 有 ${quantity} 件没有序列号。`,
  'finding.serialMissingNext': '用库存状态调整单补录序列号。',
  'finding.batchMissing': '未记批号',
  'finding.batchMissingWhat': (name: string, quantity: string) =>
    `${name} 有 ${quantity} 没有批号。`,
  'finding.batchMissingNext': '用库存状态调整单补录批号。',
  'finding.stockTooLarge': '数额大得不可能',
  'finding.stockTooLargeWhat': (name: string) =>
    `「${name}」合并后的数量或金额超出账能精确记下的上限，它的数暂时不能用。`,
  'finding.stockTooLargeNext': '看它的台账，找到数量或金额错得离谱的单据，红冲后重开。',
  'finding.partBelowZero': '批次、库位负库存',
  'finding.partBelowZeroWhat': (name: string, part: string, quantity: string) =>
    `${name}（${part}）账面 ${quantity}，仓库里的总数是够的。`,
  'finding.partBelowZeroNext':
    '多半是出库时写错了批号、库位或状态：红冲那张单据按实际重开；货真在那里的，用调拨单移库、用库存状态调整单改批号或状态，或用盘点单把两处都点一遍。',
  'finding.partPlain': '未记批号库位',
  'finding.batchUnreceived': '批次未入库',
  'finding.batchUnreceivedWhat': (name: string, batch: string, documents: string) =>
    `${name} 的批号 ${batch} 在本店从没有入过库，却出现在 ${documents}。`,
  'finding.batchUnreceivedNext':
    '批号写错的，红冲后按包装重开，或用库存状态调整单改批号；漏了入库的，补录入库单；货和批号都对的，点「知道了」。',
  'finding.updateNeeded': '需要更新程序',
  'finding.updateNeededWhat': (kind: string) =>
    `收到这个版本不认识的记录（${kind}），相关数字暂不完整。`,
  'finding.updateNeededNext': '联网更新程序，数据不会丢。',
  'finding.malformedRecord': '有一条记录读不懂',
  'finding.malformedRecordWhat': (journal: string) =>
    `日志 ${journal} 里有一条不合格的记录，没有计入任何数字。`,
  'finding.malformedRecordNext': '把这条异常交给实施人员查看那台设备。',
  'finding.fork': '设备被复制或还原过',
  'finding.forkWhat': (device: string) => `设备 ${device} 出现了两份不同的历史，两份都保留着。`,
  'finding.forkNext': '停用那台设备，在上面重新登录登记，再核对它最近的单据。',
  'finding.unapproved': '未经审批',
  'finding.unapprovedWhat': (documents: string, flow: string) =>
    `${documents} 要按「${flow}」审批，却没有经过这样的审批就过了账；账上照算。`,
  'finding.unapprovedNext': '查清是谁过的账；不该有的红冲后重新提交审批。',
  'finding.decidedWithoutRight': '越权审批，不算数',
  'finding.decidedWithoutRightWhat': (number: string) =>
    `${number} 有人审批了不归他审的一步，或审批了自己的单；这次审批不算数。`,
  'finding.decidedWithoutRightNext': '让该审的人来审；权限给错了就到人员里改。',
  'finding.clockAnomaly': '设备时钟不准',
  'finding.clockAnomalyWhat': (device: string) => `设备 ${device} 的时钟比服务器快很多。`,
  'finding.clockAnomalyNext': '在那台设备上打开自动校时，再核对它的单据时间。',
  'finding.arrivedAfterCount': '盘点之后才收到之前的单据',
  'finding.arrivedAfterCountWhat': (name: string, known: string, now: string) =>
    `${name} 的盘点差异从 ${known} 变成 ${now}：盘点前发生的单据后来才同步到。盘点后的库存没有变。`,
  'finding.arrivedAfterCountNext':
    '打开后来的单据看一眼：没错就点「知道了」；时间录错了就红冲重录。',
  'finding.movedWhileCounted': '盘点期间有出入库',
  'finding.movedWhileCountedWhat': (name: string, times: string, moved: string) =>
    `${name} 从第一次到最后一次录入之间有 ${times} 笔出入库，共 ${moved}。现在按「先出入，后盘点」算。`,
  'finding.movedWhileCountedNext':
    '确实先出入后盘的点「知道了」；先盘后出入的，或者记不清的，重盘这一种。',
  'finding.surplusOnShortage': '负库存却盘到了货，是否漏录入库',
  'finding.surplusOnShortageWhat': (name: string, booked: string, counted: string) =>
    `${name} 账面是 ${booked}，实盘 ${counted.replace('+', '')}：多半是有入库没有录。`,
  'finding.surplusOnShortageNext': '先补录漏掉的入库，差异会自己减少；确实没有漏录再点「知道了」。',
  'finding.countedBeforeLate': '迟到的单据，封账前的盘点已经算过',
  'finding.countedBeforeLateWhat': (name: string, missing: string) =>
    `${name} 在封账的月份里盘过，盘的时候已经是出入之后的数。迟到的单据记在未封账的月份，同时冲回那次盘点的差异 ${missing}，库存不受影响。`,
  'finding.countedBeforeLateNext': '不用处理，点「知道了」即可；怀疑当时没盘准，再盘一次。',
  'finding.seen': '知道了',
  'finding.other': '需要看一看',
  'finding.otherWhat': (code: string) => `出现了一种这里还没有文字的异常（${code}）。`,
  'finding.otherNext': '请更新程序后再看。',
}
