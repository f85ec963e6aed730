/** The person, and how this device looks and feels to them. */
import { Show } from 'solid-js'
import { command } from '#client/commands/command.ts'
import type { Session } from '#client/engine/face/face.ts'
import { chooseLanguage, type Language, language } from '#client/text/language.ts'
import { roleText } from '#client/text/role-text.ts'
import { t } from '#client/text/translate.ts'
import { chooseDensity, chooseTheme, densityChoice, themeChoice } from '#client/ui/appearance.ts'
import { Icon } from '#client/ui/icon.tsx'
import { Menu, type MenuItem } from '#client/ui/menu.tsx'
import { showToast } from '#client/ui/toast.tsx'
import css from './frame.module.css'

export interface UserMenuProps {
  readonly session: Session | undefined
  readonly onGo: (href: string) => void
}

export function UserMenu(props: UserMenuProps) {
  const name = () => props.session?.user?.name
  return (
    <Menu label={name() ?? t('frame.user')} items={[...person(props), ...appearance()]}>
      <span class={css['avatar']} aria-hidden="true">
        <Show when={name()} fallback={<Icon name="user" size={16} />}>
          {(known) => [...known()].slice(-1)}
        </Show>
      </span>
    </Menu>
  )
}

function person({ session, onGo }: UserMenuProps): MenuItem[] {
  if (session?.user === undefined) return []
  const roles = session.roles.map(roleText).join(t('word.listEnd'))
  return [
    { kind: 'title', label: `${session.user.name} · ${roles}` },
    { label: t('frame.settings'), icon: 'settings', onPress: () => onGo('/settings') },
    ...(session.hasPin
      ? [{ label: t('frame.lock'), icon: 'lock', onPress: () => void command('lock', {}) } as const]
      : []),
    { kind: 'rule' },
  ]
}

function speakIn(next: Language): void {
  chooseLanguage(next).catch(() => {
    showToast({ kind: 'stop', title: t('error.fileTitle'), text: t('error.fileNext') })
  })
}

function appearance(): MenuItem[] {
  return [
    { kind: 'title', label: t('frame.theme') },
    choice(t('frame.themeAuto'), 'auto', themeChoice() === 'auto', () => chooseTheme('auto')),
    choice(t('frame.themeLight'), 'sun', themeChoice() === 'light', () => chooseTheme('light')),
    choice(t('frame.themeDark'), 'moon', themeChoice() === 'dark', () => chooseTheme('dark')),
    { kind: 'title', label: t('frame.density') },
    choice(t('frame.densityAuto'), 'auto', densityChoice() === 'auto', () => chooseDensity('auto')),
    choice(t('frame.densityDesk'), 'keyboard', densityChoice() === 'desk', () =>
      chooseDensity('desk'),
    ),
    choice(t('frame.densityFloor'), 'touch', densityChoice() === 'floor', () =>
      chooseDensity('floor'),
    ),
    { kind: 'title', label: t('frame.language') },
    choice(t('frame.chinese'), 'language', language() === 'zh-CN', () => speakIn('zh-CN')),
    choice(t('frame.english'), 'language', language() === 'en', () => speakIn('en')),
  ]
}

function choice(
  label: string,
  icon: 'auto' | 'sun' | 'moon' | 'keyboard' | 'touch' | 'language',
  isChosen: boolean,
  onPress: () => void,
): MenuItem {
  return { label, icon, isChosen, onPress }
}
