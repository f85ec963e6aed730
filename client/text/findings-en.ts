/** The English text of the findings; the same keys as findings-zh-CN.ts, checked by the compiler. */
import type { FindingsDictionary } from './findings-zh-CN.ts'

export const findingsEn: FindingsDictionary = {
  'finding.decide': 'To decide',
  'finding.info': 'Note',
  'findings.title': 'Findings',
  'findings.lead':
    'What does not look right in the merged data. An entry closes itself when its cause is gone.',
  'findings.shown': 'Which to show',
  'findings.toDecide': 'To decide',
  'findings.more': (count: number) => `Show more of ${count} left`,
  'findings.emptyNote': 'The merged data of all devices holds no contradiction.',
  'finding.negativeStock': 'Stock below zero',
  'finding.negativeStockWhat': (name: string, quantity: string) =>
    `“${name}” stands at ${quantity}: goods came in unrecorded, or a warehouse or unit is wrong.`,
  'finding.negativeStockNext':
    'Look for a missing receipt first, then check warehouse and unit, otherwise count it.',
  'finding.postedTwice': 'One draft posted twice',
  'finding.postedTwiceWhat': (documents: string) =>
    `${documents} was posted on two devices; it counts once.`,
  'finding.postedTwiceNext':
    'If the goods really moved twice, post a new document; otherwise nothing is to be done.',
  'finding.duplicateNumber': 'One number on two documents',
  'finding.duplicateNumberWhat': (number: string) =>
    `Two documents in force are called ${number}; a device was probably copied or restored.`,
  'finding.duplicateNumberNext': 'Both count. Mark the paper and look at that device.',
  'finding.duplicateCode': 'Duplicate code',
  'finding.duplicateCodeWhat': (code: string) => `Two masters use the code ${code}.`,
  'finding.duplicateCodeNext': 'Change one of them or disable the one too many.',
  'finding.duplicateBarcode': 'Duplicate barcode',
  'finding.duplicateBarcodeWhat': (barcode: string) =>
    `Barcode ${barcode} is bound to several products; a scan asks which.`,
  'finding.duplicateBarcodeNext': 'Remove it from the product it does not belong to.',
  'finding.overReturned': 'More came back than went',
  'finding.overReturnedWhat': (documents: string) =>
    `Returns of ${documents} exceed the original quantity; probably two devices took it back.`,
  'finding.overReturnedNext': 'Check the returns and reverse the one too many.',
  'finding.overInvoiced': 'More was invoiced than came',
  'finding.overInvoicedWhat': (name: string, invoiced: string, came: string) =>
    `Of this line of “${name}” ${came} came and invoices bill ${invoiced}; probably two devices entered one invoice.`,
  'finding.overInvoicedNext':
    'If one invoice was entered twice, reverse the purchase invoice too many. If more goods came, post a goods receipt for them and bill the excess on it.',
  'finding.pricedReversed': 'The receipt is reversed, its invoice or charge is not',
  'finding.pricedReversedWhat': (documents: string) =>
    `${documents}: the goods are out of the books; the invoice or charge changes no cost any more, but is still owed.`,
  'finding.pricedReversedNext':
    'Reverse the purchase invoice or landed cost; if the receipt was posted anew, begin it again from there.',
  'finding.pricedMissing': 'An invoice or charge without its receipt',
  'finding.pricedMissingWhat': (documents: string) =>
    `The goods receipt that ${documents} speaks of, or its line, is not here; no cost changes for now.`,
  'finding.pricedMissingNext':
    'Wait until the device that received the goods has synced. If there is no such receipt, reverse it and begin again from the right one.',
  'finding.overArrived': 'More arrived than was dispatched',
  'finding.overArrivedWhat': (documents: string) =>
    `${documents}: arrivals and losses exceed what was sent. Two devices took the same goods in, or the dispatch was reversed after they had arrived.`,
  'finding.overArrivedNext':
    'Count what is there. Reverse the arrival or loss that is one too many, or post the dispatch that is missing.',
  'finding.reversedTwice': 'Reversed twice',
  'finding.reversedTwiceWhat': (documents: string) =>
    `${documents} was reversed twice; it counts once.`,
  'finding.reversedTwiceNext': 'Nothing to do.',
  'finding.reversalAlone': 'A reversal without its document',
  'finding.reversalAloneWhat': 'A reversal has come whose document has not arrived yet.',
  'finding.reversalAloneNext': 'Wait until the device holding it has synced.',
  'finding.linkBroken': 'A return without its original line',
  'finding.linkBrokenWhat': (documents: string) =>
    `${documents} refers to a line that is not here or does not fit; its cost follows the current average.`,
  'finding.linkBrokenNext': 'Check the original; reverse and post again if needed.',
  'finding.lateArrival': 'A document came after its month was closed',
  'finding.lateArrivalWhat': (documents: string) =>
    `${documents} is dated in a closed month and counts in the first month that was open; closed figures stay.`,
  'finding.lateArrivalNext':
    'It keeps its own date and mostly needs nothing; to count it in its month, reopen that month and close it again.',
  'finding.policyRestated': 'The cost method was set twice',
  'finding.policyRestatedWhat': (held: string, passedOver: string) =>
    `“${held}” was said first and holds; “${passedOver}” came later and changed no cost.`,
  'finding.policyRestatedNext':
    'Nothing needs to be undone; to go over to another method, change it in the settings from a month on.',
  'finding.statedCostExceeds': 'By-products are to bear more than there is',
  'finding.statedCostExceedsWhat': (documents: string, excess: string) =>
    `The stated costs of ${documents} exceed what its goods cost by ${excess}; they share what there is.`,
  'finding.statedCostExceedsNext':
    'Lower the stated costs, or supply the missing prices of the parts.',
  'finding.provisionalCost': 'Cost still provisional',
  'finding.provisionalCostWhat': (name: string) =>
    `“${name}” was sold before it came, or a receipt waits for its prices; its cost is an estimate.`,
  'finding.provisionalCostNext':
    'Supply the prices or the missing receipt; the difference corrects itself.',
  'finding.duplicateSerial': 'One serial number in two places',
  'finding.duplicateSerialWhat': (name: string, serial: string) =>
    `${name}: serial number ${serial} came or left more often than one piece can. The earlier document keeps it.`,
  'finding.duplicateSerialNext':
    'Look at the piece; reverse the later document and post it with the right number. Quantity and money stand.',
  'finding.batchConflict': 'One batch with two expiries',
  'finding.batchConflictWhat': (name: string, batch: string, expires: string, others: string) =>
    `${name}: batch ${batch} expires ${expires}, elsewhere it says ${others}. The first one holds.`,
  'finding.batchConflictNext': 'Read the package; reverse the wrong receipt and post it again.',
  'finding.expiredSold': 'Expired goods sold',
  'finding.expiredSoldWhat': (name: string, batch: string, expires: string, soldOn: string) =>
    `${name}: batch ${batch}, good until ${expires}, was sold on ${soldOn}.`,
  'finding.expiredSoldNext': 'Tell the customer, take the goods back, write off what is left.',
  'finding.serialMissing': 'Moved without a serial number',
  'finding.serialMissingWhat': (name: string, quantity: string) =>
    `${quantity} of ${name} stand under no serial number.`,
  'finding.serialMissingNext': 'Enter their numbers with a status change document.',
  'finding.batchMissing': 'Moved without a batch',
  'finding.batchMissingWhat': (name: string, quantity: string) =>
    `${quantity} of ${name} stand under no batch.`,
  'finding.batchMissingNext': 'Assign their batch with a status change document.',
  'finding.stockTooLarge': 'Impossibly large figures',
  'finding.stockTooLargeWhat': (name: string) =>
    `Of “${name}” there is more, or it is worth more, than figures hold exactly; do not rely on it.`,
  'finding.stockTooLargeNext':
    'Look on its card for the document with the absurd quantity or amount, reverse it and post it again.',
  'finding.partBelowZero': 'A batch or bin below zero',
  'finding.partBelowZeroWhat': (name: string, part: string, quantity: string) =>
    `${name} (${part}) stands at ${quantity}; the warehouse as a whole has enough.`,
  'finding.partBelowZeroNext':
    'Mostly an issue names the wrong batch, bin or status: reverse it and post what left. If the goods did leave from there, bring the book right with a transfer (bins) or a status change (batch, status), or count both.',
  'finding.partPlain': 'without batch or bin',
  'finding.batchUnreceived': 'A batch that was never received',
  'finding.batchUnreceivedWhat': (name: string, batch: string, documents: string) =>
    `Batch ${batch} of ${name} never came into this branch, but stands in ${documents}.`,
  'finding.batchUnreceivedNext':
    'If the number is wrong, reverse and post what the package says, or change the batch with a status change; if a receipt is missing, enter it; if goods and number are right, choose “Seen”.',
  'finding.updateNeeded': 'Update needed',
  'finding.updateNeededWhat': (kind: string) =>
    `A record that this version does not know has come (${kind}); figures are incomplete.`,
  'finding.updateNeededNext': 'Update the app; nothing is lost.',
  'finding.malformedRecord': 'A record cannot be read',
  'finding.malformedRecordWhat': (journal: string) =>
    `Journal ${journal} holds a malformed record; it counts nowhere.`,
  'finding.malformedRecordNext': 'Have somebody look at that device.',
  'finding.fork': 'A device was copied or restored',
  'finding.forkWhat': (device: string) => `Device ${device} shows two histories; both are kept.`,
  'finding.forkNext': 'Shut it out, enrol it anew, and check its latest documents.',
  'finding.unapproved': 'Posted without approval',
  'finding.unapprovedWhat': (documents: string, flow: string) =>
    `${documents} needs approval by "${flow}" and was posted without; it counts all the same.`,
  'finding.unapprovedNext':
    'Find out who posted it; reverse what should not be, and submit it for approval.',
  'finding.decidedWithoutRight': 'Decided without a right, counts for nothing',
  'finding.decidedWithoutRightWhat': (number: string) =>
    `Somebody decided a step of ${number} that was not theirs, or their own document.`,
  'finding.decidedWithoutRightNext':
    'Let the right person decide; if the role was wrong, change it among the people.',
  'finding.clockAnomaly': 'A clock is wrong',
  'finding.clockAnomalyWhat': (device: string) =>
    `The clock of device ${device} runs far ahead of the server.`,
  'finding.clockAnomalyNext':
    'Switch on automatic time there and check the times of its documents.',
  'finding.arrivedAfterCount': 'A document from before the count arrived after it',
  'finding.arrivedAfterCountWhat': (name: string, known: string, now: string) =>
    `The difference of ${name} went from ${known} to ${now}: something done before the count was synced after it. Stock after the count is unchanged.`,
  'finding.arrivedAfterCountNext':
    'Look at the late document: if it is right, choose “Seen”; if its time is wrong, reverse it and post it again.',
  'finding.movedWhileCounted': 'Goods moved while they were counted',
  'finding.movedWhileCountedWhat': (name: string, times: string, moved: string) =>
    `${name}: ${times} movements (${moved}) between the first and the last entry. They are taken to have come before the count.`,
  'finding.movedWhileCountedNext':
    'If they did, choose “Seen”; if the goods moved after they were counted, or nobody knows, count this one again.',
  'finding.surplusOnShortage': 'Goods were found where the book is below zero',
  'finding.surplusOnShortageWhat': (name: string, booked: string, counted: string) =>
    `${name}: the book says ${booked}, ${counted.replace('+', '')} were counted. A receipt was probably not entered.`,
  'finding.surplusOnShortageNext':
    'Enter the missing receipt first, and the difference shrinks by itself; choose “Seen” only if nothing is missing.',
  'finding.countedBeforeLate': 'A late document that a sealed count had reflected already',
  'finding.countedBeforeLateWhat': (name: string, missing: string) =>
    `${name} was counted in a closed month after this had happened. The late document counts in the open month, and so does ${missing}, by which the closed difference of that count is corrected: stock stays right.`,
  'finding.countedBeforeLateNext':
    'Nothing needs to be done; choose “Seen”. Count this one again if you doubt that it was counted so.',
  'finding.seen': 'Seen',
  'finding.other': 'Worth a look',
  'finding.otherWhat': (code: string) => `A finding without words here (${code}).`,
  'finding.otherNext': 'Update the app and look again.',
}
