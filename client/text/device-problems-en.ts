/** What goes wrong with this device and the server, in English. */
import { plain, seconds } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const deviceProblemsEn = {
  'store-full': [
    'This device has almost no space left; posting has stopped',
    'What was saved is safe and still syncs. Delete some photos or downloads: with room it goes on by itself, or after the browser was opened again.',
  ],
  'store-closed': [
    'The browser closed its database; posting has stopped',
    'What was saved is safe. Close this page and open it again.',
  ],
  'store-failed': [
    'Saving on this device failed; posting has stopped',
    'Everything saved is still here. See whether the device is out of space: with room it recovers by itself, or open the page again.',
  ],
  'device-not-revoked': [
    'This device is not shut out',
    'Sign in on it: what it has not sent goes out as usual.',
  ],
  'quarantine-full': [
    'The server holds as much of this device as it may',
    'A manager adopts or declines it under devices and people; then it goes on. Everything is still here.',
  ],
  'not-handed-in': [
    'Not everything on this device has reached the server',
    'Connect and wait until it has, or save the file first; then clear this device.',
  ],
  'record-damaged': [
    'A record kept on this device is damaged; what follows it is not counted',
    'Figures may be incomplete. Tell your support; the books on the server are not affected.',
  ],
  'program-broken': [
    'The program is incomplete: the books cannot be opened',
    'Documents and drafts are not affected. Connect to the network and open this page again.',
  ],
  'term-lost': ['Another page has taken over', 'Do the last step again there.'],
  'update-needed': ['There are newer records this version cannot read', 'Update the app to go on.'],
  'device-not-enrolled': ['This device is not enrolled yet', 'Sign in online once to enrol it.'],
  'device-enrolled-already': ['This device is enrolled already', 'Just sign in.'],
  'device-forked': [
    'The data of this device was copied, or put back from an older backup; posting has stopped',
    'Everything is still here. Enrol this device anew in the settings; what was not synced goes with it.',
  ],
  'device-not-forked': ['This device need not be enrolled anew', 'Go on as usual.'],
  'branch-not-yours': [
    'That branch is not among this device’s',
    'Choose another, or ask the owner for the right.',
  ],
  'head-forged': [
    'The server’s receipt has a wrong signature and is not used',
    'Tell your support; nothing on this device is affected.',
  ],
  'journal-broken': (facts) => [
    `The records of ${plain(facts, 'device', 'the server')} in ${plain(facts, 'branch', 'the company')} do not hold and no longer count`,
    'Tell your support; documents of this and of all other devices are not affected.',
  ],
  'journal-withheld': (facts) => [
    `The server says that it has records of ${plain(facts, 'device', 'its own')} and does not send them (${plain(facts, 'count', 'some')} missing)`,
    'They are asked for again; figures may be incomplete. If it stays so, tell your support.',
  ],
  'server-fell-back': (facts) => [
    `The server lacks ${plain(facts, 'count', 'some')} records that it had confirmed; they are being handed in again`,
    'Ask whether an old backup was put back. If not, export a copy in the settings and have the server looked into.',
  ],
  'checkpoint-denied': [
    'The closed month’s state that the server handed out does not agree with its records and is not used',
    'Everything is computed from the records; that takes longer. If no old backup was put back, have the server looked into.',
  ],
  'server-rewrote': (facts) => [
    `What the server shows of ${plain(facts, 'device', 'its own journal')} differs from what it had confirmed, or from what that device signed`,
    'The earlier records are still on this device. Export a copy in the settings and have the server looked into.',
  ],
  'pin-wait': (facts) => [
    `Too many wrong PINs; wait ${plain(facts, 'seconds', 'some')} seconds`,
    'Then try again.',
  ],
  'pin-not-set': ['You have no PIN yet', 'Sign in online with your password, then set one.'],
  'pin-wrong': ['Wrong PIN', 'Try again, or sign in online with your password.'],
  'pin-too-weak': [
    'That PIN is easy to guess',
    'At least 6 digits; no runs, repeats or birthdays.',
  ],
  'pin-expired': ['Offline for too long to use the PIN', 'Sign in online once.'],
  'signed-out': ['You are signed out', 'Sign in again.'],
  'device-revoked': [
    'This device has been revoked',
    'Export what was not sent and give it to a manager.',
  ],

  'server-unreachable': [
    'The server cannot be reached',
    'Check the network. Work goes on and leaves by itself later.',
  ],
  'sign-in-failed': ['Wrong login or password', 'Try again, or ask a manager to reset it.'],
  'too-many-attempts': (facts) => [
    `Too many tries; wait ${seconds(facts, 'waitMs')} seconds`,
    'Then try again.',
  ],
  'too-many-requests': ['Too many requests', 'Wait a moment.'],
  busy: ['The server is busy', 'Try again in a few seconds.'],
  'session-ended': ['Your session has ended', 'Sign in again; drafts and documents are safe.'],
  'token-expired': ['Your session has expired', 'Sign in again; drafts and documents are safe.'],
  'token-invalid': ['Your sign-in is not valid', 'Sign in again.'],
  'token-missing': ['You are not signed in', 'Sign in first.'],
  'proof-invalid': [
    'The server did not recognise this device',
    'Try again; if it recurs, enrol the device anew.',
  ],
  'clock-off': [
    'This device’s clock is far from the server’s',
    'Turn on automatic time, then sign in.',
  ],
  'beyond-rights': [
    'That is more than you may grant',
    'Choose fewer branches or contents, or let the owner do it.',
  ],
  'device-beyond-rights': [
    'This device holds what you may not see',
    'Use another device, or let a colleague sign in.',
  ],
  'branch-unknown': ['There is no such branch', 'Choose again.'],
  'user-unknown': ['There is no such person', 'Refresh and try again.'],
  'last-owner': ['A company needs at least one owner', 'Make somebody else an owner first.'],
  'key-already-enrolled': [
    'This browser is enrolled as another device',
    'Just sign in; to make it new, clear this site’s data.',
  ],
  'too-many-devices': [
    'This login has enrolled too many devices lately',
    'Ask a manager or the owner to enrol this device.',
  ],
  'device-codes-used-up': ['There are no device codes left', 'Revoke devices no longer in use.'],
  'body-malformed': [
    'Something is missing in what was sent',
    'Check what you entered; else update the app.',
  ],
  'answer-malformed': [
    'The server’s answer makes no sense here',
    'The app may be too old: update it.',
  ],
  'not-found': ['The server does not have it', 'Refresh and try again.'],
  internal: ['The server failed', 'Try again later; if it recurs, tell your support.'],
  'store-failing': [
    'The server cannot store at the moment',
    'Documents stay on this device and leave later. Tell your support.',
  ],
  'too-large': ['That is too large', 'Do it in parts.'],
  'request-refused': (facts) => [
    `The server refused (${plain(facts, 'status', '?')})`,
    'Try again later; if it recurs, tell your support.',
  ],
  'request-malformed': ['Something is missing', 'Check the marked fields.'],
  'login-taken': ['That login is taken', 'Choose another.'],
  'already-set-up': ['The company is set up already', 'Sign in.'],
  'set-up-elsewhere': [
    'Set up at the server itself',
    'Open the address on the machine that runs the server, or through the secure address of npm start -- --lan.',
  ],
  'not-set-up': ['There is no company on the server yet', 'Finish the set-up first.'],
  'not-allowed': ['You may not do this', 'Ask the owner or a manager.'],
  'device-unknown': ['The server does not know this device', 'Enrol it anew.'],
  'session-expired': ['Your session has ended', 'Sign in again; drafts are safe.'],

  'over-quota': [
    'This device has sent so much today that the server takes the rest tomorrow',
    'All of it is here and goes out by itself; unless it was a large import, tell your support.',
  ],
  'desk-share-used-up': [
    'This device has more drafts than the server takes',
    'Post or discard drafts you no longer need; what is posted is not affected.',
  ],
  'sync-refused': [
    'The server did not take what this device sent',
    'Nothing is lost here; tell your support the reason.',
  ],
  'record-refused': (facts) => [
    `The server did not take ${plain(facts, 'count', 'some')} records; they are set aside and do not count, all others have gone out`,
    'Look at each in the settings: offer it again, take it back into a draft, or save the file for your support.',
  ],
  'author-unknown': [
    'The server does not know yet the device that wrote these records',
    'They are handed in again by themselves.',
  ],
  'author-revoked': [
    'The device that wrote these records was revoked',
    'A manager can enter the documents again.',
  ],
  'record-missing': [
    'Earlier records have not reached the server yet',
    'They are handed in again by themselves.',
  ],
  'copy-differs': [
    'The copy on this device differs from the server’s',
    'Tell your support; the copy on this device is kept.',
  ],
} satisfies Partial<ProblemTexts>
