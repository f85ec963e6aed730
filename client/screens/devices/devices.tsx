/** 设备与人员 (devices and users): who may hold and who may do what; a lost device is shut out from here. */
import { createSignal, For, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { DeviceRow, UserRow } from '#client/engine/face/face.ts'
import { createDevices, createUsers } from '#client/queries/create-devices.ts'
import { createSession } from '#client/queries/create-session.ts'
import { agoText, momentText } from '#client/text/dates.ts'
import { problemSentence } from '#client/text/problem-text.ts'
import { roleText } from '#client/text/role-text.ts'
import { t } from '#client/text/translate.ts'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Button } from '#client/ui/button.tsx'
import { ConfirmDialog } from '#client/ui/confirm-dialog.tsx'
import { Page } from '#client/ui/page.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { instant } from '#domain/values/instant.ts'
import { audienceText } from '#client/text/audience-text.ts'
import { deviceKindText } from '../entrance/this-device.ts'
import { AddUser } from './add-user.tsx'
import { HeldDevices } from './held-devices.tsx'
import rowCss from '../entry-row.module.css'
import css from './devices.module.css'

export function Devices() {
  const devices = createDevices()
  const users = createUsers()
  const [revoking, setRevoking] = createSignal<DeviceRow>()
  const [isAdding, setAdding] = createSignal(false)
  const act = createAct()
  const revoke = async () => {
    const device = revoking()
    setRevoking(undefined)
    if (device === undefined) return
    const done = await act.run('revokeDevice', { device: device.id, reason: 'lost' })
    if (done !== undefined) showToast({ kind: 'done', title: t('devices.revoked', device.name) })
  }
  return (
    <Page title={t('devices.title')} lead={t('devices.lead')}>
      <ProblemNotices problems={act.problems()} />
      <HeldDevices />
      <Sheet title={t('devices.devices')} isFlush>
        <Show when={devices()} fallback={<Skeleton shape="lines" count={4} />}>
          {(rows) => (
            <For each={rows()}>
              {(row) => <Device row={row} onRevoke={() => setRevoking(row)} />}
            </For>
          )}
        </Show>
      </Sheet>
      <Sheet
        title={t('devices.users')}
        isFlush
        actions={
          <Button size="small" icon="plus" onPress={() => setAdding(true)}>
            {t('devices.addUser')}
          </Button>
        }
      >
        <Show when={users()} fallback={<Skeleton shape="lines" count={3} />}>
          {(rows) => <For each={rows()}>{(row) => <User row={row} />}</For>}
        </Show>
      </Sheet>
      <AddUser isOpen={isAdding()} onClose={() => setAdding(false)} />
      <ConfirmDialog
        isOpen={revoking() !== undefined}
        title={t('devices.revokeTitle', revoking()?.name ?? '')}
        effect={t('devices.revokeEffect')}
        act={t('devices.revoke')}
        isDangerous
        onConfirm={() => void revoke()}
        onClose={() => setRevoking(undefined)}
      />
    </Page>
  )
}

function Device(props: { readonly row: DeviceRow; readonly onRevoke: () => void }) {
  const session = createSession()
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  const seen = () => {
    const at = props.row.lastSeenAt
    return at === undefined
      ? t('devices.neverSeen')
      : t('devices.seen', agoText(instant(at), instant(Date.now())))
  }
  return (
    <div class={rowCss['row']}>
      <div class={css['main']}>
        <span class={css['name']}>{props.row.name}</span>
        <code class={css['code']}>{props.row.code}</code>
        <Show when={props.row.isThis}>
          <Badge tone="accent">{t('devices.thisOne')}</Badge>
        </Show>
        <Show when={props.row.isRevoked}>
          <Badge tone="red">{t('devices.isRevoked')}</Badge>
        </Show>
      </div>
      <div class={rowCss['note']}>
        {deviceKindText(props.row.kind)} ·{' '}
        {props.row.audiences.map(audienceText).join(t('word.listEnd'))} · {seen()}
      </div>
      <Show when={props.row.lastRefusal}>
        {(refusal) => (
          <div class={css['refusal']}>
            {t('devices.refused', momentText(instant(refusal().at), zone()))}{' '}
            {problemSentence({ code: refusal().reason })}
          </div>
        )}
      </Show>
      <Show when={!props.row.isRevoked && !props.row.isThis}>
        <div class={rowCss['act']}>
          <Button kind="quiet" size="small" onPress={props.onRevoke}>
            {t('devices.revoke')}
          </Button>
        </div>
      </Show>
    </div>
  )
}

function User(props: { readonly row: UserRow }) {
  return (
    <div class={rowCss['row']}>
      <div class={css['main']}>
        <span class={css['name']}>{props.row.name}</span>
        <code class={css['code']}>{props.row.login}</code>
        <Show when={props.row.isRevoked}>
          <Badge tone="red">{t('devices.isRevoked')}</Badge>
        </Show>
      </div>
      <div class={rowCss['note']}>
        {props.row.roles.map((each) => roleText(each.role)).join(' · ')}
      </div>
    </div>
  )
}
