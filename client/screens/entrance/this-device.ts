/** A first guess of what this machine is, offered for correction when it becomes a device. */
import { t } from '#client/text/translate.ts'

export type DeviceKind = 'tablet' | 'till' | 'pc' | 'phone'

export function deviceKindHere(): DeviceKind {
  const isTouch = matchMedia('(pointer: coarse)').matches
  if (!isTouch) return 'pc'
  return Math.min(screen.width, screen.height) < 600 ? 'phone' : 'tablet'
}

export function deviceKindText(kind: string): string {
  if (kind === 'pc') return t('device.pc')
  if (kind === 'till') return t('device.till')
  return kind === 'phone' ? t('device.phone') : t('device.tablet')
}

export function deviceNameHere(): string {
  return deviceKindText(deviceKindHere())
}
