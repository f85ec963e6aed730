/** One master's form, drawn from its entity's fields; only changed fields are written. */
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import { createAct } from '#client/commands/create-act.ts'
import { createMaster } from '#client/queries/create-masters.ts'
import { createSession } from '#client/queries/create-session.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Button } from '#client/ui/button.tsx'
import { ButtonLink } from '#client/ui/button-link.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { entities } from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { MasterFieldInput } from './master-field-input.tsx'
import css from './masters.module.css'

export interface MasterFormProps {
  readonly entity: EntityName
  /** 'new', or the master's id. */
  readonly id: string
  readonly onClose: () => void
}

export function MasterForm(props: MasterFormProps) {
  const isNew = () => props.id === 'new'
  const newId = uuidv7()
  const session = createSession()
  const known = createMaster(() => (isNew() ? undefined : { entity: props.entity, id: props.id }))
  const [before, setBefore] = createSignal<MasterFields>({})
  const [values, setValues] = createSignal<MasterFields>({})
  createEffect(
    on(known, (row) => {
      if (row === undefined) return
      setBefore(row.fields)
      setValues(row.fields)
    }),
  )
  const act = createAct()
  const shown = () =>
    Object.entries(entities[props.entity].fields).filter(
      ([name, field]) =>
        name !== 'initials' &&
        field.shape.kind !== 'list' &&
        field.shape.kind !== 'entry' &&
        (session()?.audiences.includes(field.audience) ?? false),
    )
  const put = (name: string, value: Json) => setValues((old) => ({ ...old, [name]: value }))
  const isReady = () =>
    shown().every(([name, field]) => !field.isRequired || (values()[name] ?? '') !== '')
  const save = async () => {
    const fields = Object.fromEntries(
      Object.entries(values()).filter(([name, value]) => before()[name] !== value),
    )
    if (Object.keys(fields).length === 0) return props.onClose()
    const id = isNew() ? newId : props.id
    const saved = await act.run('changeMasters', {
      changes: [{ entity: props.entity, id, fields }],
    })
    if (saved !== undefined) props.onClose()
  }
  return (
    <Dialog
      isOpen
      isSticky
      size="large"
      title={t(isNew() ? 'masters.new' : 'masters.edit', labelText(entities[props.entity].label))}
      onClose={props.onClose}
      footer={
        <>
          <Show when={!isNew() && hasPrices(props.entity)}>
            <ButtonLink href={`/prices/${props.entity}/${props.id}`}>{t('prices.open')}</ButtonLink>
          </Show>
          <Button
            kind="main"
            isBusy={act.isBusy()}
            isDisabled={!isReady()}
            onPress={() => void save()}
          >
            {t('word.save')}
          </Button>
        </>
      }
    >
      <ProblemNotices problems={act.problems()} />
      <Show when={isNew() || known() !== undefined}>
        <div class={css['fields']}>
          <For each={shown()}>
            {([name, field]) => (
              <MasterFieldInput
                field={field}
                value={values()[name]}
                onCommit={(value) => put(name, value)}
              />
            )}
          </For>
        </div>
      </Show>
    </Dialog>
  )
}

/** Whether prices of their own belong to these masters. */
function hasPrices(entity: EntityName): boolean {
  return entity === 'price-list' || entity === 'customer'
}
