/** What goes wrong with approvals, in English. */
import { plain } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const approvalProblemsEn = {
  'entry-malformed': ['That setting is not valid', 'Enter it again.'],
  'approval-needed': (facts) => [
    `Needs approval first: ${plain(facts, 'flow', 'an approval flow')}`,
    'Press Submit for approval; it is posted by itself after the last step.',
  ],
  'approval-not-asked': ['This document needs no approval', 'Post it.'],
  'approval-waits': ['It waits for approval and cannot be changed', 'Withdraw it first.'],
  'approval-not-yours': [
    'This step is not yours to decide now',
    'Look at its progress and wait for whoever is next.',
  ],
  'approval-decided': [
    'This submission has been decided',
    'Look at its progress; submit again for another decision.',
  ],
  'approval-incomplete': [
    'Not all of this document has come to this device',
    'Synchronise, then decide.',
  ],
} satisfies Partial<ProblemTexts>
