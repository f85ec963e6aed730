/** What a count leaves out: batches and pieces that the book has of its goods (policy 12), and how to take them in. */
import { For, Show } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import { command } from '#client/commands/command.ts'
import type { DraftDetail, UnlistedGoods as Row } from '#client/engine/face/face.ts'
import { countText, quantityDigits } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { quantity } from '#domain/values/quantity.ts'
import css from './documents.module.css'

/** Named on the screen; the rest is a number. */
const limitNamed = 8

export function UnlistedGoods(props: { readonly draft: DraftDetail }) {
  const rows = () => props.draft.unlisted.rows
  const total = () => props.draft.unlisted.total
  const batches = () => rows().filter(({ serial }) => serial === undefined)
  const pieces = () => rows().filter(({ serial }) => serial !== undefined)
  const edit = (lines: ReturnType<typeof blankLine>[]) => {
    const { docId, type } = props.draft
    void command('editDraft', { docId, type, lines })
  }
  return (
    <Show when={total() > 0}>
      <Notice
        kind="decide"
        title={t('count.unlisted', countText(total()))}
        actions={
          <>
            <Show when={batches().length > 0}>
              <Button onPress={() => edit(batches().map(blankLine))}>
                {t('count.listUnlisted')}
              </Button>
            </Show>
            <Show when={pieces().length > 0}>
              <Button onPress={() => edit(pieces().map(missingPiece))}>
                {t('count.piecesNotFound')}
              </Button>
            </Show>
          </>
        }
      >
        {t('count.unlistedNote')}
        <ul class={css['problems']}>
          <For each={rows().slice(0, limitNamed)}>{(row) => <li>{textOf(row)}</li>}</For>
          <Show when={total() > limitNamed}>
            <li>{t('count.unlistedMore', countText(total() - limitNamed))}</li>
          </Show>
        </ul>
      </Notice>
    </Show>
  )
}

function textOf({ name, batch, serial, quantity: steps }: Row): string {
  return `${[name, batch, serial].filter(Boolean).join(' · ')} × ${quantityDigits(quantity(steps))}`
}

function blankLine({ skuId, batch, binId, status }: Row) {
  const fields = {
    skuId,
    ...(batch !== undefined && { batch }),
    ...(binId !== undefined && { binId }),
    ...(status !== undefined && { status }),
  }
  return { lineId: uuidv7(), fields }
}

/** Looked for, and not there. */
function missingPiece(row: Row) {
  const { lineId, fields } = blankLine(row)
  return { lineId, fields: { ...fields, serials: row.serial ?? '', quantity: 0 } }
}
