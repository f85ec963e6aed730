/** The bar in the reach of a thumb on phones; everything else is one press further. */
import { createSignal, For, Show } from 'solid-js'
import { labelText } from '#client/text/language.ts'
import { createSession } from '#client/queries/create-session.ts'
import { t } from '#client/text/translate.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { Icon, type IconName } from '#client/ui/icon.tsx'
import css from './frame.module.css'
import {
  countAt,
  dailyPlaces,
  documentGroups,
  documentHref,
  isAt,
  otherPlaces,
} from './menu-table.ts'

export interface BottomBarProps {
  readonly path: string
  readonly findings: number
  /** Submissions that wait for this person. */
  readonly approvals: number
  readonly onGo: (href: string) => void
}

export function BottomBar(props: BottomBarProps) {
  const [isOpen, setOpen] = createSignal(false)
  const session = createSession()
  const isElsewhere = () =>
    otherPlaces(session()?.roles ?? []).some(({ href }) => isAt(props.path, href))
  const go = (href: string) => {
    setOpen(false)
    props.onGo(href)
  }
  return (
    <nav class={css['bottomBar']} aria-label={t('frame.rail')} data-print="hide">
      <For each={dailyPlaces}>
        {(place) => (
          <a
            class={css['tab']}
            href={place.href}
            aria-current={isAt(props.path, place.href) ? 'page' : undefined}
          >
            <Icon name={place.icon} />
            {t(place.text)}
          </a>
        )}
      </For>
      <BarButton
        icon="document"
        word={t('frame.documents')}
        isHere={isAt(props.path, '/documents')}
        onPress={() => setOpen(true)}
      />
      <BarButton
        icon="menu"
        word={t('frame.more')}
        isHere={isElsewhere()}
        count={props.findings + props.approvals}
        onPress={() => setOpen(true)}
      />
      <Dialog isOpen={isOpen()} title={t('frame.moreTitle')} onClose={() => setOpen(false)}>
        <Everything {...props} onGo={go} />
      </Dialog>
    </nav>
  )
}

interface BarButtonProps {
  readonly icon: IconName
  readonly word: string
  readonly isHere: boolean
  readonly count?: number
  readonly onPress: () => void
}

function BarButton(props: BarButtonProps) {
  return (
    <button
      type="button"
      class={css['tab']}
      data-here={props.isHere ? '' : undefined}
      onClick={() => props.onPress()}
    >
      <Icon name={props.icon} />
      {props.word}
      <Show when={(props.count ?? 0) > 0}>
        <span class={css['tabCount']}>{props.count}</span>
      </Show>
    </button>
  )
}

function Everything(props: BottomBarProps) {
  const session = createSession()
  return (
    <>
      <For each={documentGroups}>
        {(group) => (
          <section>
            <h3 class={css['groupTitle']}>{t(group.text)}</h3>
            <div class={css['everything']}>
              <For each={group.definitions}>
                {(definition) => (
                  <BigPlace
                    icon={group.icon}
                    word={labelText(definition.label)}
                    onPress={() => props.onGo(documentHref(definition.type))}
                  />
                )}
              </For>
            </div>
          </section>
        )}
      </For>
      <section>
        <h3 class={css['groupTitle']}>{t('frame.other')}</h3>
        <div class={css['everything']}>
          <For each={otherPlaces(session()?.roles ?? [])}>
            {(place) => (
              <BigPlace
                icon={place.icon}
                word={t(place.text)}
                count={countAt(place.href, props)}
                onPress={() => props.onGo(place.href)}
              />
            )}
          </For>
        </div>
      </section>
    </>
  )
}

interface BigPlaceProps {
  readonly icon: IconName
  readonly word: string
  readonly count?: number
  readonly onPress: () => void
}

function BigPlace(props: BigPlaceProps) {
  return (
    <button type="button" class={css['bigPlace']} onClick={() => props.onPress()}>
      <Icon name={props.icon} />
      <span>{props.word}</span>
      <Show when={(props.count ?? 0) > 0}>
        <span class={css['count']}>{props.count}</span>
      </Show>
    </button>
  )
}
