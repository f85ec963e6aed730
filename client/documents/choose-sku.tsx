/** A scanned code that stands for several SKUs is asked about, never guessed (MD-03). */
import { For } from 'solid-js'
import type { LookupHit } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import css from './documents.module.css'

export function ChooseSku(props: {
  readonly hits: readonly LookupHit[]
  readonly onChoose: (hit: LookupHit | undefined) => void
}) {
  return (
    <Dialog
      isOpen={props.hits.length > 0}
      title={t('editor.whichSku')}
      size="small"
      onClose={() => props.onChoose(undefined)}
    >
      <div class={css['problems']}>
        <For each={props.hits}>
          {(hit) => (
            <Button isWide onPress={() => props.onChoose(hit)}>
              {hit.kind === 'sku'
                ? `${hit.product.code} ${hit.product.name} ${hit.product.specification}`
                : ''}
            </Button>
          )}
        </For>
      </div>
    </Dialog>
  )
}
