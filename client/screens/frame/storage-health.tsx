/** What this browser promises about the data on the device, how much room is left, and how to get more of both. */
import { createSignal, onMount, Show } from 'solid-js'
import { bytesText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Progress } from '#client/ui/progress.tsx'
import css from './storage-health.module.css'

interface Health {
  readonly usedBytes: number
  readonly quotaBytes: number
  readonly isPersisted: boolean
}

/** Less room than this asks for action, bytes. */
const lowBytes = 200 * 1024 * 1024

export function StorageHealth() {
  const [health, setHealth] = createSignal<Health>()
  const look = async () => setHealth(await readHealth())
  onMount(() => void look())
  const [isDenied, setDenied] = createSignal(false)
  const ask = async () => {
    const isGranted = await navigator.storage.persist()
    setDenied(!isGranted)
    await look()
  }
  return (
    <Show when={health()} fallback={<p>{t('storage.unknown')}</p>}>
      {(now) => (
        <div class={css['health']}>
          <Progress
            label={t('storage.used', bytesText(now().usedBytes), bytesText(free(now())))}
            share={now().quotaBytes === 0 ? 0 : now().usedBytes / now().quotaBytes}
          />
          <p class={css['promise']} data-kept={now().isPersisted ? '' : undefined}>
            <Icon name={now().isPersisted ? 'check' : 'info'} size={16} />
            {now().isPersisted ? t('storage.persisted') : t('storage.notPersisted')}
          </p>
          <Show when={!now().isPersisted}>
            <div>
              <Button icon="pin" onPress={() => void ask()}>
                {t('storage.ask')}
              </Button>
            </div>
          </Show>
          <Show when={isDenied()}>
            <Notice kind="info" title={t('storage.denied')} />
          </Show>
          <Show when={free(now()) < lowBytes}>
            <Notice kind="decide" title={t('storage.low')} />
          </Show>
        </div>
      )}
    </Show>
  )
}

function free(health: Health): number {
  return Math.max(0, health.quotaBytes - health.usedBytes)
}

async function readHealth(): Promise<Health | undefined> {
  if (navigator.storage?.estimate === undefined) return undefined
  const [{ usage = 0, quota = 0 }, isPersisted] = await Promise.all([
    navigator.storage.estimate(),
    navigator.storage.persisted(),
  ])
  return { usedBytes: usage, quotaBytes: quota, isPersisted }
}
