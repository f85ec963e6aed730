/**
 * The one honest sentence about saving and syncing, from the engine's facts: never "synced" while something of
 * this device is not covered, never silence while posting is stopped.
 */
import type { Status } from '#client/engine/face/face.ts'
import { spanText } from '#client/text/dates.ts'
import { t } from '#client/text/translate.ts'
import type { IconName } from '#client/ui/icon.tsx'

export interface SyncSentence {
  readonly text: string
  /** `proven` is green, `decide` amber, `stop` red, `plain` says only what is. */
  readonly tone: 'plain' | 'proven' | 'decide' | 'stop'
  readonly icon: IconName
}

/** `nowMs`: the present, ms since the epoch. */
export function syncSentence(status: Status | undefined, nowMs: number): SyncSentence {
  if (status === undefined) return plain(t('sync.connecting'), 'refresh')
  if (status.stopped !== undefined) return { text: t('sync.stopped'), tone: 'stop', icon: 'stop' }
  if (status.audit?.problem !== undefined) {
    return { text: t('sync.auditFailed'), tone: 'stop', icon: 'stop' }
  }
  if (status.isUpdateNeeded)
    return { text: t('sync.updateNeeded'), tone: 'decide', icon: 'refresh' }
  if (status.isSignInNeeded === true) {
    return { text: t('sync.signIn', status.documentsWaiting), tone: 'decide', icon: 'user' }
  }
  if (status.connection === 'offline') return plain(offlineText(status, nowMs), 'offline')
  if (status.documentsWaiting > 0) return plain(t('sync.waiting', status.documentsWaiting), 'saved')
  if (status.recordsWaiting > 0) return plain(t('sync.sending'), 'saved')
  if (status.connection === 'connecting') return plain(t('sync.connecting'), 'refresh')
  if (status.journalsBehind > 0) return plain(t('sync.behind', status.journalsBehind), 'refresh')
  return { text: t('sync.synced'), tone: 'proven', icon: 'synced' }
}

function offlineText(status: Status, nowMs: number): string {
  const waiting = status.documentsWaiting
  if (status.lastHeardAt === undefined) {
    return waiting > 0 ? `${t('sync.offline')} · ${t('sync.waiting', waiting)}` : t('sync.offline')
  }
  const span = spanText(nowMs - status.lastHeardAt)
  return waiting > 0 ? t('sync.offlineWaiting', span, waiting) : t('sync.offlineFor', span)
}

function plain(text: string, icon: IconName): SyncSentence {
  return { text, tone: 'plain', icon }
}
