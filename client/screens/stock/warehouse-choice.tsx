/** Which warehouse's goods a list of stock shows, of the branches whose stock is here; all where none is chosen. */
import { createMasters } from '#client/queries/create-masters.ts'
import { createSession } from '#client/queries/create-session.ts'
import { t } from '#client/text/translate.ts'
import { ChoiceField } from '#client/ui/choice-field.tsx'

export interface WarehouseChoiceProps {
  readonly value: string | undefined
  readonly onChoose: (warehouseId: string | undefined) => void
}

export function WarehouseChoice(props: WarehouseChoiceProps) {
  const session = createSession()
  const warehouses = createMasters(() => 'warehouse')
  const here = () => {
    const branches = new Set<unknown>(session()?.branches.map(({ id }) => id))
    return (warehouses()?.rows ?? []).filter(({ fields }) => branches.has(fields['branchId']))
  }
  return (
    <ChoiceField
      label={t('stock.warehouse')}
      isLabelHidden
      value={props.value}
      placeholder={t('stock.allWarehouses')}
      options={here().map((row) => ({ value: row.id, label: row.name }))}
      onCommit={props.onChoose}
    />
  )
}
