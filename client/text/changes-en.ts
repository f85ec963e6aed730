/** The English text of what a sync has changed in figures, and of figures of a past day; the same keys as changes-zh-CN.ts, checked by the compiler. */
import type { ChangesDictionary } from './changes-zh-CN.ts'

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`

export const changesEn: ChangesDictionary = {
  'changes.title': 'What changed',
  'changes.since': (moment: string) =>
    `Figures that other devices have changed since they were seen at ${moment}, and why`,
  'changes.seeAll': 'All seen',
  'changes.seen': 'All seen; what comes from now on will be listed here',
  'changes.empty': 'Nothing has changed',
  'changes.emptyNote':
    'When documents of other devices change the quantity or value of a product, each reason is listed here.',
  'changes.notYet': 'Waiting for the first sync',
  'changes.notYetNote':
    'Once everything is on this device, figures that others change are listed here. Without a network you can work as usual.',
  'changes.more': (left: number) => `Show ${many(left, 'more product', 'more products')}`,
  'changes.cut': (shown: number) =>
    `Only the newest ${shown} are listed; the movement cards show the rest.`,
  'changes.showAll': 'Show all',
  'changes.quantity': 'Quantity',
  'changes.value': 'Value',
  'changes.average': 'Average',
  'changes.profit': 'Profit of earlier sales',
  'changes.arrow': '→',
  'changes.moved': (count: number, type: string) => `Came: ${type} × ${count}`,
  'changes.counted': (count: number) =>
    `${many(count, 'stock count', 'stock counts')} came; what was counted holds`,
  'changes.reversed': (count: number, type: string) => `Reversed: ${type} × ${count}`,
  'changes.replaced': 'One draft was posted on two devices; the other posting holds',
  'changes.priced': 'A price came (supplied, invoiced or charged); no goods moved',
  'changes.recounted':
    'A late document changed the book of a count; its difference was derived again',
  'changes.recosted': 'The costs of earlier documents followed; no goods moved',
  'changes.own': (count: number) => `${many(count, 'document', 'documents')} of this device`,
  'changes.happened': (moment: string) => `dated ${moment}`,
  'changes.arrived': (moment: string) => `here since ${moment}`,
  'changes.moreDocuments': (count: number) => `and ${count} more`,
  'changes.notice': (count: string) =>
    `Since you looked, a sync has changed the figures of ${count} product${count === '1' ? '' : 's'}`,
  'changes.why': 'See why',
  'changes.ofProduct': 'Changed by sync',
  'at.title': 'Stock on a day',
  'at.lead': (rows: string) => `${rows} rows`,
  'at.leadValue': (rows: string, value: string) => `${rows} rows, ${value} yuan in all`,
  'at.day': 'At the end of',
  'at.compare': 'Beside what was believed then',
  'at.known': 'Quantity',
  'at.knownValue': 'Value',
  'at.believed': 'Believed then',
  'at.believedValue': 'Value believed then',
  'at.differing': (count: string) => `${count} rows differ from what was believed then`,
  'at.export': 'Export',
  'at.fileName': (day: string) => `stock-${day}.csv`,
  'at.empty': 'Nothing was in stock',
  'at.emptyNote': 'Choose another day, or clear the filters.',
  'at.shared': 'Cost is shared by the branch: of one warehouse only quantities are known.',
  'at.specification': 'Specification',
  'at.unit': 'Unit',
}
