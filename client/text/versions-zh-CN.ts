/** The Chinese text of 反审核 and versions of documents; versions-en.ts has the same keys. */
import type { Spoken } from './spoken.ts'

/** The shape every language must fill. */
export type VersionsDictionary = Spoken<typeof versionsZhCn>

export const versionsZhCn = {
  'state.unapproved': '已反审核',
  'versions.unapprove': '反审核',
  'versions.unapproveTitle': (number: string) => `反审核 ${number}？`,
  'versions.unapproveEffect': (lines: number) =>
    `${lines} 行从现在起不再算数，单据按原编号重新打开成草稿，改好再审核就是新的一版。这一版保留，谁都看得到。`,
  'versions.unapproved': (number: string) => `${number} 已反审核，草稿已重新打开`,
  'versions.unapprovedBy': (at: string, by: string) => `${at} 由 ${by} 反审核`,
  'versions.openDraft': (version: number) => `打开第 ${version} 版草稿`,
  'versions.openNext': (version: number) => `看第 ${version} 版`,
  'versions.version': (version: number) => `第 ${version} 版`,
  'versions.draft': (version: number, number: string) => `${number} 的第 ${version} 版`,
  'versions.draftNote': '审核后从反审核那一刻起算数，编号不变。',
  'versions.changes': (version: number) => `与第 ${version} 版的不同`,
  'versions.noChanges': '内容没有不同。',
  'versions.openPrevious': (version: number) => `看第 ${version} 版`,
  'finding.versionWaits': '新版待生效',
  'finding.versionWaitsWhat': (documents: string, version: string) =>
    `${documents} 的第 ${version} 版已审核，但上一版还算数，所以新版没有算进库存。`,
  'finding.versionWaitsNext':
    '先等反审核的那台设备同步；上一版的月份若已封账，就红冲上一版，新版随即生效。',
  'finding.unapprovedClosed': '反审核无效',
  'finding.unapprovedClosedWhat': (documents: string) =>
    `${documents} 在反审核之前已随月份封账，仍然算数。`,
  'finding.unapprovedClosedNext': '要撤回它就做红冲，再重新开单。',
  'finding.builtOnUnapproved': '下游单据不知道反审核',
  'finding.builtOnUnapprovedWhat': (documents: string) =>
    `${documents}：第一张已反审核，后面的还引用着它。数量和金额都如实记着。`,
  'finding.builtOnUnapprovedNext': '红冲后面的单据，再按新的一版重做。',
}
