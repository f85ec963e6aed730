/** The English text of counting. */
import type { CountDictionary } from './count-zh-CN.ts'

export const countEn: CountDictionary = {
  'count.list': 'List goods…',
  'count.listTitle': 'List goods to count',
  'count.listNote':
    'As the book has them, counts left blank; nothing is listed twice. What does not fit this count goes on in another one.',
  'count.scope': 'Which goods',
  'count.scopeAll': 'The whole warehouse',
  'count.scopeCategory': 'A category',
  'count.scopeBrand': 'A brand',
  'count.scopeBin': 'A bin',
  'count.chosen': 'Which one',
  'count.withEmpty': 'Also goods that the book has none of',
  'count.listAct': 'List',
  'count.listing': 'Listing',
  'count.listedSoFar': (lines: string) => `${lines} lines so far`,
  'count.stop': 'Stop',
  'count.listed': (lines: string) => `${lines} lines listed`,
  'count.listedNote': 'Enter what you find, 0 where there is none; blank is not counted.',
  'count.listedMany': (sheets: string) =>
    `They became ${sheets} counts, all among the drafts: count them side by side and post each when it is done.`,
  'count.nothingListed': 'Nothing left to list',
  'count.nothingListedNote':
    'All goods of this kind that the book has are on this count; tick the box below to list those it has none of.',
  'count.unlisted': (total: string) =>
    `The book has ${total} more batches or serial numbers of these goods`,
  'count.unlistedNote':
    'What is not listed changes no stock. List what you find and enter its count; list what is gone and enter 0.',
  'count.unlistedMore': (more: string) => `and ${more} more`,
  'count.listUnlisted': 'List the batches, blank',
  'count.piecesNotFound': 'The pieces were not found: count them as 0',
}
