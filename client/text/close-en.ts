/** The English text of the month close; the same keys as close-zh-CN.ts, checked by the compiler. */
import type { CloseDictionary } from './close-zh-CN.ts'

export const closeEn: CloseDictionary = {
  'close.title': 'Month close',
  'close.lead':
    'Quantities and costs of a closed month stay as they are; what arrives later counts in the next open month.',
  'close.month': 'Close up to',
  'close.monthText': (month: string) => month,
  'close.checks': 'Before you close',
  'close.inOrder': 'All in order',
  'close.inOrderNote':
    'Every device has synced; no negative stock, no provisional cost, no open finding.',
  'close.nothing': 'No month can be closed',
  'close.nothingNote': 'A month is closed when it is over; closed ones stand below.',
  'close.device-unseen': 'Devices not heard of since the month ended',
  'close.device-unseenNote': 'They may hold documents of the month: get them online first.',
  'close.negative-stock': 'Negative stock',
  'close.negative-stockNote':
    'Mostly a receipt is missing. Closed like this, costs stay estimates until the goods are received.',
  'close.cost-provisional': 'Provisional costs',
  'close.cost-provisionalNote':
    'Supply the prices first; supplied after closing, the difference counts in its own month.',
  'close.goods-under-way': 'Goods still under way',
  'close.goods-under-wayNote':
    'Take in what has arrived and post a loss for what will not; what arrives later counts next month.',
  'close.finding-open': 'Open findings',
  'close.finding-openNote': 'Settle them under Findings first.',
  'close.openFindings': 'Show findings',
  'close.more': (count: number) => `${count} more`,
  'close.seen': 'Seen, close anyway',
  'close.act': 'Close',
  'close.confirm': (month: string) => `Close up to ${month}?`,
  'close.effect':
    'Documents up to then can no longer be changed or dated back; the last closing can be taken back.',
  'close.done': (month: string) => `${month} is closed`,
  'close.history': 'Closed months',
  'close.none': 'Nothing was closed yet',
  'close.by': (name: string, at: string) => `${name} · ${at}`,
  'close.automatic': 'Closed automatically',
  'close.over': (what: string) => `With: ${what}`,
  'close.reopen': 'Reopen',
  'close.reopenConfirm': (month: string) => `Reopen ${month}?`,
  'close.reopenEffect':
    'The month opens again, late documents go back to their own dates, costs are worked out anew.',
  'close.reason': 'Reason',
  'close.reopened': (month: string) => `${month} is open again`,
}
