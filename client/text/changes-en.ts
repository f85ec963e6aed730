/** The English text of what a sync has changed in figures; the same keys as changes-zh-CN.ts, checked by the compiler. */
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
}
