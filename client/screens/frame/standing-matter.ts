/**
 * What stands between this device and its work, from the engine's facts: posting stopped, a sign-in that the
 * server wants before it syncs on, records that are not used. One matter at a time, the gravest first; undefined on a good day.
 */
import type { HandedInRow, Status } from '#client/engine/face/face.ts'
import { problemSentence, problemText } from '#client/text/problem-text.ts'
import { t } from '#client/text/translate.ts'

export interface StandingMatter {
  readonly kind: 'stop' | 'decide'
  readonly title: string
  readonly text: string
  /** What a person can do about it here. */
  readonly act: StandingAct | undefined
}

export type StandingAct = 'sign-in' | 'export' | 'reload' | 'wipe' | 'look'

/** Stops that this device does not get over: what only it holds is to be carried elsewhere. */
const forGood: ReadonlySet<string> = new Set(['device-forked', 'device-revoked'])
/** Stops that a fresh page may get over at once. */
const ofThisPage: ReadonlySet<string> = new Set(['store-closed', 'store-failed', 'program-broken'])

export function standingMatter(status: Status | undefined): StandingMatter | undefined {
  if (status?.stopped !== undefined) {
    const { what: title, next: text } = problemText(status.stopped)
    if (status.handedIn !== undefined) return { kind: 'stop', title, ...shutOut(status.handedIn) }
    return { kind: 'stop', title, text, act: actOf(status.stopped.code) }
  }
  if (status?.isSignInNeeded === true) {
    const text = t('standing.signInNext', status.documentsWaiting)
    return { kind: 'decide', title: t('standing.signIn'), text, act: 'sign-in' }
  }
  const told = status?.refused ?? status?.doubt
  if (told !== undefined) {
    const { what: title, next: text } = problemText(told)
    return { kind: 'decide', title, text, act: told.code === 'record-refused' ? 'look' : undefined }
  }
  return undefined
}

/** What became of the records of a device that was shut out. */
function shutOut(handedIn: HandedInRow): Pick<StandingMatter, 'text' | 'act'> {
  if (!handedIn.mayWipe) {
    const { problem } = handedIn
    return {
      text: problem === undefined ? t('shutOut.kept') : problemSentence(problem),
      act: 'export',
    }
  }
  return { text: outcomeText(handedIn), act: 'wipe' }
}

function outcomeText({ state, reason = '' }: HandedInRow): string {
  switch (state) {
    case 'declined':
      return t('shutOut.declined', reason)
    case 'waiting':
    case 'adopted':
      return t(`shutOut.${state}`)
    case 'nothing':
    case 'refused':
      return t('shutOut.nothing')
  }
}

function actOf(code: string): StandingAct | undefined {
  if (forGood.has(code)) return 'export'
  return ofThisPage.has(code) ? 'reload' : undefined
}
