/** What goes wrong with approvals, in Chinese. */
import { plain } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const approvalProblemsZhCn = {
  'entry-malformed': ['这项设置的内容不对', '重新填写。'],
  'approval-needed': (facts) => [
    `要先审批：${plain(facts, 'flow', '审批流')}`,
    '按「提交审批」；最后一步通过后自动过账。',
  ],
  'approval-not-asked': ['这张单不用审批', '直接过账。'],
  'approval-waits': ['这张单正在审批，内容不能改', '要改请先撤回。'],
  'approval-not-yours': ['这一步现在不由你审批', '看审批进度，等轮到的人处理。'],
  'approval-decided': ['这次提交已经有结果了', '看审批进度；要再审请重新提交。'],
  'approval-incomplete': ['这张单的内容还没有全部到这台设备', '联网同步后再处理。'],
} satisfies Partial<ProblemTexts>
