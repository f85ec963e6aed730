/** 档案 (masters): suppliers, customers, warehouses, categories…; list and form derive from the entity's fields. */
import { useNavigate, useParams } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { MasterRow } from '#client/engine/face/face.ts'
import { createMasterRows } from '#client/queries/create-masters.ts'
import { createSession } from '#client/queries/create-session.ts'
import { countText } from '#client/text/figures.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { DataTable } from '#client/ui/data-table.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import type { TableColumn } from '#client/ui/table-column.ts'
import { type Tab, Tabs } from '#client/ui/tabs.tsx'
import { SearchField } from '#client/ui/search-field.tsx'
import { entities, isEntityName } from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { MasterForm } from './master-form.tsx'
import css from './masters.module.css'

export function Masters() {
  const params = useParams<{ entity: string; id?: string }>()
  return (
    <Show when={isEntityName(params.entity) ? params.entity : undefined} keyed>
      {(entity) => <MasterList entity={entity} id={params.id} />}
    </Show>
  )
}

function MasterList(props: { readonly entity: EntityName; readonly id: string | undefined }) {
  const navigate = useNavigate()
  const [search, setSearch] = createSignal('')
  const rows = createMasterRows(() => props.entity, search)
  const session = createSession()
  const label = () => labelText(entities[props.entity].label)
  const open = (id: string) => navigate(`/masters/${props.entity}/${id}`)
  return (
    <Page
      title={label()}
      lead={
        <Show when={rows.total() !== undefined}>
          {t('masters.lead', countText(rows.total() ?? 0))}
        </Show>
      }
      isFull
      actions={
        <Button kind="main" icon="plus" onPress={() => open('new')}>
          {t('masters.new', label())}
        </Button>
      }
    >
      <Tabs
        label={t('frame.masters')}
        tabs={tabsBeside(props.entity, session()?.audiences ?? [])}
        chosen={props.entity}
        onChoose={(entity) => navigate(`/masters/${entity}`)}
      >
        {() => (
          <div class={css['list']}>
            <SearchField
              label={t('word.search')}
              hint={t('masters.searchHint')}
              value={search()}
              onInput={setSearch}
            />
            <Sheet isFlush isFull>
              <DataTable
                label={label()}
                columns={columns(props.entity)}
                count={rows.total() ?? 0}
                row={rows.row}
                rowKey={(row) => row.id}
                onVisible={rows.see}
                onOpen={(row) => open(row.id)}
                selectedKey={props.id}
                card={(row) => <MasterCard row={row} />}
                empty={
                  <Show when={rows.total() !== undefined}>
                    <EmptyState
                      icon="people"
                      title={t('masters.empty', label())}
                      text={t('masters.emptyNote')}
                    />
                  </Show>
                }
              />
            </Sheet>
          </div>
        )}
      </Tabs>
      <Show when={props.id} keyed>
        {(id) => (
          <MasterForm
            entity={props.entity}
            id={id}
            onClose={() => navigate(`/masters/${props.entity}`)}
          />
        )}
      </Show>
    </Page>
  )
}

/** Lists that people keep by hand; products have a screen of their own. */
const kept: readonly EntityName[] = [
  ...(['supplier', 'customer', 'price-list', 'warehouse', 'category', 'reason'] as const),
]

/** Those that the person may read, and the one that is open. */
function tabsBeside(open: EntityName, audiences: readonly string[]): readonly Tab[] {
  const isReadable = (entity: EntityName) =>
    audiences.includes(entities[entity].fields['name']?.audience ?? 'goods')
  const shown = [...new Set([...kept.filter(isReadable), open])]
  return shown.map((key) => ({ key, label: labelText(entities[key].label) }))
}

function columns(entity: EntityName): readonly TableColumn<MasterRow>[] {
  const { fields } = entities[entity]
  const shown = ['contact', 'mobile', 'phone', 'address'].filter((name) =>
    Object.hasOwn(fields, name),
  )
  return [
    {
      key: 'name',
      label: t('products.name'),
      width: 200,
      grow: 2,
      render: (row) => <Name row={row} />,
    },
    { key: 'code', label: t('stock.code'), width: 110, render: (row) => row.code ?? '' },
    ...shown.map((name) => ({
      key: name,
      label: labelText(fields[name]?.label ?? [name, name]),
      width: 120,
      grow: 1,
      hideBelow: 800,
      render: (row: MasterRow) => textOf(row.fields, name),
    })),
  ]
}

function Name(props: { readonly row: MasterRow }) {
  return (
    <span>
      {props.row.name}{' '}
      <Show when={props.row.isDisabled}>
        <Badge>{t('products.disabled')}</Badge>
      </Show>
    </span>
  )
}

function MasterCard(props: { readonly row: MasterRow }) {
  return (
    <div class={css['card']}>
      <Name row={props.row} />
      <span class={css['note']}>
        {[props.row.code, textOf(props.row.fields, 'mobile')].filter(Boolean).join(' · ')}
      </span>
    </div>
  )
}
