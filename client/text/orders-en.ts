/** The English text of orders and promised goods; the same keys as orders-zh-CN.ts, checked by the compiler. */
import type { OrdersDictionary } from './orders-zh-CN.ts'

export const ordersEn: OrdersDictionary = {
  'documents.carryOut': (label) => `New ${label.toLowerCase()}`,
  'promise.title': 'Reserved and on order',
  'promise.note': 'each row opens its order',
  'promise.reserved': 'Reserved',
  'promise.available': 'Available',
  'promise.onOrder': 'On order',
  'promise.inTransit': 'In transit',
  'transit.arrived': 'Arrived',
  'transit.lost': 'Lost',
  'promise.short': 'Promised beyond stock',
  'promise.byBranch': 'Available by branch',
  'promise.document': 'Order',
  'promise.taken': 'Carried out',
  'promise.open': 'Open',
  'promise.kept': 'Of it here',
  'promise.until': (date: string) => `kept until ${date}`,
  'finding.oversold': 'Promised goods are short',
  'finding.oversoldWhat': (name, quantity) =>
    `${quantity} of ${name} reserved by an order are not there, or went to an order approved before.`,
  'finding.oversoldNext':
    'Buy or move goods in, or agree with the customer and lower or end the order with an order change.',
  'finding.trimmed': 'Reservation cut by a count',
  'finding.trimmedWhat': (name, quantity) =>
    `A count found too little of ${name}: ${quantity} are reserved no more.`,
  'finding.trimmedNext': 'Tell the customer; reserve anew with an order change when goods come.',
}
