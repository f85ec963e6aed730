/** The bar on top: the one box, the branch, the sync sentence, what waits for a decision, and the person. */
import { Show } from 'solid-js'
import { command } from '#client/commands/command.ts'
import type { Session } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { Icon } from '#client/ui/icon.tsx'
import { KeyHint } from '#client/ui/key-hint.tsx'
import { Menu } from '#client/ui/menu.tsx'
import css from './frame.module.css'
import { SyncState } from './sync-state.tsx'
import { UserMenu } from './user-menu.tsx'

export interface TopBarProps {
  readonly session: Session | undefined
  readonly findings: number
  readonly onBox: () => void
  readonly onGo: (href: string) => void
}

export function TopBar(props: TopBarProps) {
  return (
    <header class={css['topBar']} data-print="hide">
      <button type="button" class={css['box']} onClick={() => props.onBox()}>
        <Icon name="search" size={18} />
        <span class={css['boxWords']}>{t('frame.box')}</span>
        <span class={css['boxShort']}>{t('frame.boxShort')}</span>
        <KeyHint keys="Ctrl+K" />
        <Icon name="scan" size={18} />
      </button>
      <span class={css['spring']} />
      <BranchMenu session={props.session} />
      <SyncState />
      <a
        class={css['bell']}
        href="/findings"
        aria-label={t('frame.findingsCount', props.findings)}
        title={t('frame.findingsCount', props.findings)}
      >
        <Icon name="bell" />
        <Show when={props.findings > 0}>
          <span class={css['bellCount']}>{props.findings > 99 ? '99+' : props.findings}</span>
        </Show>
      </a>
      <UserMenu session={props.session} onGo={props.onGo} />
    </header>
  )
}

function BranchMenu(props: { readonly session: Session | undefined }) {
  const branches = () => props.session?.branches ?? []
  const here = () => branches().find((branch) => branch.id === props.session?.branchId)
  return (
    <Show when={here()}>
      {(branch) => (
        <span class={css['branch']}>
          <Menu
            label={`${t('frame.branch')}: ${branch().name}`}
            items={branches().map((each) => ({
              label: each.name,
              note: each.code,
              icon: 'branch' as const,
              isChosen: each.id === branch().id,
              onPress: () => void command('chooseBranch', { branchId: each.id }),
            }))}
          >
            <Icon name="branch" />
            <span class={css['branchName']}>{branch().name}</span>
            <Icon name="chevron-down" size={14} />
          </Menu>
        </span>
      )}
    </Show>
  )
}
