/** Why figures have changed, in a sentence. */
import type { ChangeCause } from '#client/engine/face/face.ts'
import { t } from './translate.ts'

/** `type`: what people call the type of its documents. */
export function changeText({ kind, documentCount }: ChangeCause, type: string): string {
  switch (kind) {
    case 'moved':
      return t('changes.moved', documentCount, type)
    case 'counted':
      return t('changes.counted', documentCount)
    case 'reversed':
      return t('changes.reversed', documentCount, type)
    case 'replaced':
      return t('changes.replaced')
    case 'priced':
      return t('changes.priced')
    case 'recounted':
      return t('changes.recounted')
    case 'recosted':
      return t('changes.recosted')
    case 'own':
      return t('changes.own', documentCount)
  }
}
