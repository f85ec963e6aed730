/** Which warehouse's goods a list of stock shows; all where none is chosen. */
import { createMasters } from '#client/queries/create-masters.ts'
import { t } from '#client/text/translate.ts'
import { ChoiceField } from '#client/ui/choice-field.tsx'

export interface WarehouseChoiceProps {
  readonly value: string | undefined
  readonly onChoose: (warehouseId: string | undefined) => void
}

export function WarehouseChoice(props: WarehouseChoiceProps) {
  const warehouses = createMasters(() => 'warehouse')
  return (
    <ChoiceField
      label={t('stock.warehouse')}
      isLabelHidden
      value={props.value}
      placeholder={t('stock.allWarehouses')}
      options={(warehouses()?.rows ?? []).map((row) => ({ value: row.id, label: row.name }))}
      onCommit={props.onChoose}
    />
  )
}
