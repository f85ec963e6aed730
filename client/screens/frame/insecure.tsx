/**
 * What stands in place of the app at an address that browsers call insecure (plain http from another machine):
 * which abilities are missing, why, and the way to the secure address. Better than failing later.
 */
import { For } from 'solid-js'
import { type TextKey, t } from '#client/text/translate.ts'
import { createAppearance } from '#client/ui/appearance.ts'
import { Icon } from '#client/ui/icon.tsx'
import { BrandMark } from './brand-mark.tsx'
import css from './insecure.module.css'

const missing: readonly TextKey[] = [
  'insecure.serviceWorker',
  'insecure.crypto',
  'insecure.storage',
  'insecure.camera',
]

export function Insecure() {
  createAppearance()
  const secureAddress = () => `https://${location.host}/`
  // `npm start -- --lan` explains the certificate one port above the app.
  const trustAddress = () => `http://${location.hostname}:${Number(location.port || '80') + 1}/`
  return (
    <main class={css['page']}>
      <div class={css['sheet']}>
        <p class={css['brand']}>
          <BrandMark />
          {t('app.name')}
        </p>
        <h1 class={css['title']}>{t('insecure.title')}</h1>
        <p>{t('insecure.what')}</p>
        <ul class={css['list']}>
          <For each={missing}>
            {(key) => (
              <li>
                <Icon name="close" size={16} />
                {t(key)}
              </li>
            )}
          </For>
        </ul>
        <h2 class={css['subtitle']}>{t('insecure.todo')}</h2>
        <ol class={css['steps']}>
          <li>{t('insecure.step1')}</li>
          <li>{t('insecure.step2')}</li>
        </ol>
        <p class={css['links']}>
          <a class={css['main']} href={secureAddress()}>
            {t('insecure.try')}
            <Icon name="arrow-right" size={16} />
          </a>
          <code>{secureAddress()}</code>
          <a class={css['link']} href={trustAddress()}>
            {t('insecure.trust')}
          </a>
        </p>
      </div>
    </main>
  )
}
