/** The left rail: icon and word; folded to icons with a small word each, the document groups as menus. */
import { For, Show } from 'solid-js'
import { labelText } from '#client/text/language.ts'
import { createSession } from '#client/queries/create-session.ts'
import { t } from '#client/text/translate.ts'
import { Icon } from '#client/ui/icon.tsx'
import { Menu } from '#client/ui/menu.tsx'
import { BrandMark } from './brand-mark.tsx'
import css from './frame.module.css'
import {
  countAt,
  dailyPlaces,
  type DocumentGroup,
  documentGroups,
  documentHref,
  isAt,
  otherPlaces,
  type Place,
} from './menu-table.ts'

export interface RailProps {
  readonly path: string
  readonly isFolded: boolean
  readonly findings: number
  /** Submissions that wait for this person. */
  readonly approvals: number
  readonly onFold: () => void
  readonly onGo: (href: string) => void
}

export function Rail(props: RailProps) {
  const session = createSession()
  return (
    <nav
      class={css['rail']}
      data-folded={props.isFolded ? '' : undefined}
      aria-label={t('frame.rail')}
      data-print="hide"
    >
      <a class={css['brand']} href="/" aria-label={t('app.name')}>
        <BrandMark />
        <span class={css['brandName']}>{t('app.name')}</span>
      </a>
      <div class={css['places']}>
        <For each={dailyPlaces}>{(place) => <RailPlace {...props} place={place} />}</For>
        <For each={documentGroups}>
          {(group) => (
            <Show when={props.isFolded} fallback={<OpenGroup path={props.path} group={group} />}>
              <FoldedGroup path={props.path} group={group} onGo={props.onGo} />
            </Show>
          )}
        </For>
        <hr class={css['railRule']} />
        <For each={otherPlaces(session()?.roles ?? [])}>
          {(place) => <RailPlace {...props} place={place} />}
        </For>
      </div>
      <button
        type="button"
        class={css['foldButton']}
        aria-label={props.isFolded ? t('frame.unfold') : t('frame.fold')}
        title={props.isFolded ? t('frame.unfold') : t('frame.fold')}
        onClick={() => props.onFold()}
      >
        <Icon name={props.isFolded ? 'unfold' : 'fold'} size={18} />
      </button>
    </nav>
  )
}

function RailPlace(props: RailProps & { readonly place: Place }) {
  const count = () => countAt(props.place.href, props)
  return (
    <a
      class={css['place']}
      href={props.place.href}
      aria-current={isAt(props.path, props.place.href) ? 'page' : undefined}
    >
      <Icon name={props.place.icon} />
      <span class={css['placeWord']}>{t(props.place.text)}</span>
      <Show when={count() > 0}>
        <span class={css['count']}>{count()}</span>
      </Show>
    </a>
  )
}

interface GroupProps {
  readonly path: string
  readonly group: DocumentGroup
}

function OpenGroup(props: GroupProps) {
  return (
    <div class={css['group']}>
      <p class={css['groupTitle']}>{t(props.group.text)}</p>
      <For each={props.group.definitions}>
        {(definition) => (
          <a
            class={css['subPlace']}
            href={documentHref(definition.type)}
            aria-current={isAt(props.path, documentHref(definition.type)) ? 'page' : undefined}
          >
            {labelText(definition.label)}
          </a>
        )}
      </For>
    </div>
  )
}

function FoldedGroup(props: GroupProps & { readonly onGo: (href: string) => void }) {
  const isHere = () =>
    props.group.definitions.some(({ type }) => isAt(props.path, documentHref(type)))
  return (
    <div class={css['foldedGroup']} data-here={isHere() ? '' : undefined}>
      <Menu
        look="bare"
        place="right"
        items={props.group.definitions.map((definition) => ({
          label: labelText(definition.label),
          icon: 'document' as const,
          onPress: () => props.onGo(documentHref(definition.type)),
        }))}
      >
        <span class={css['place']}>
          <Icon name={props.group.icon} />
          <span class={css['placeWord']}>{t(props.group.text)}</span>
        </span>
      </Menu>
    </div>
  )
}
