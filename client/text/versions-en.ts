/** The English text of unapproval and versions of documents; the same keys as versions-zh-CN.ts, checked by the compiler. */
import type { VersionsDictionary } from './versions-zh-CN.ts'

export const versionsEn: VersionsDictionary = {
  'state.unapproved': 'Unapproved',
  'versions.unapprove': 'Unapprove',
  'versions.unapproveTitle': (number) => `Unapprove ${number}?`,
  'versions.unapproveEffect': (lines) =>
    `${lines} lines count no more from now on. The document opens again as a draft under its number; posted again it is the next version. This version stays visible to everybody.`,
  'versions.unapproved': (number) => `${number} is unapproved; its draft is open again`,
  'versions.unapprovedBy': (at, by) => `Unapproved ${at} by ${by}`,
  'versions.openDraft': (version) => `Open the draft of version ${version}`,
  'versions.openNext': (version) => `See version ${version}`,
  'versions.version': (version) => `Version ${version}`,
  'versions.draft': (version, number) => `Version ${version} of ${number}`,
  'versions.draftNote':
    'Once posted it counts from the moment of the unapproval, under the same number.',
  'versions.changes': (version) => `Changed since version ${version}`,
  'versions.noChanges': 'It says the same.',
  'versions.openPrevious': (version) => `See version ${version}`,
  'finding.versionWaits': 'A next version waits',
  'finding.versionWaitsWhat': (documents, version) =>
    `Version ${version} of ${documents} is posted, but the version before it still counts; so the new one does not.`,
  'finding.versionWaitsNext':
    'Wait until the device that unapproved it has synced. If that month is closed, reverse the old version: then the new one counts.',
  'finding.unapprovedClosed': 'An unapproval without effect',
  'finding.unapprovedClosedWhat': (documents) =>
    `${documents} was closed with its month before it was unapproved, and still counts.`,
  'finding.unapprovedClosedNext': 'To take it back, reverse it and make a new document.',
  'finding.builtOnUnapproved': 'Documents that build on an unapproved one',
  'finding.builtOnUnapprovedWhat': (documents) =>
    `${documents}: the first was unapproved, the others still refer to it. Quantities and amounts are all counted.`,
  'finding.builtOnUnapprovedNext': 'Reverse the others and make them again from the new version.',
}
