/**
 * 列出商品: fills a count with the goods of a warehouse, blank, by one act: part after part, so that it can be watched
 * and stopped; beyond one document it goes on in others.
 */
import { createSignal, Show } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import { command } from '#client/commands/command.ts'
import type { CountScope, FieldValues, GoodsCursor, Problem } from '#client/engine/face/face.ts'
import { findBins, findMasters } from '#client/queries/suggest.ts'
import { countText } from '#client/text/figures.ts'
import { problemSentence } from '#client/text/problem-text.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { Checkbox } from '#client/ui/checkbox.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { Combobox } from '#client/ui/combobox.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Progress } from '#client/ui/progress.tsx'
import type { Suggestion } from '#client/ui/suggestions.ts'
import { TextField } from '#client/ui/text-field.tsx'
import { showToast } from '#client/ui/toast.tsx'
import css from './documents.module.css'

export interface ListGoodsProps {
  readonly docId: string
  readonly type: string
  /** With what is chosen by default where the draft is not begun. */
  readonly header: FieldValues
}

/** Lines of one step: some tenths of a second on a tablet. */
const limitStep = 250

export function ListGoods(props: ListGoodsProps) {
  const [isOpen, setOpen] = createSignal(false)
  const [kind, setKind] = createSignal<CountScope['kind']>('all')
  const [chosen, setChosen] = createSignal<Suggestion>()
  const [withEmpty, setWithEmpty] = createSignal(false)
  const listing = createListing(props)
  const scope = (): CountScope | undefined => {
    const [of, one] = [kind(), chosen()]
    if (of === 'all') return { kind: of }
    return one === undefined ? undefined : { kind: of, text: one.value }
  }
  const list = async () => {
    const of = scope()
    if (of !== undefined && (await listing.run(of, withEmpty()))) setOpen(false)
  }
  const close = () => {
    listing.stop()
    setOpen(false)
  }
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('count.list')}</Button>
      <Dialog
        isOpen={isOpen()}
        title={t('count.listTitle')}
        size="small"
        isSticky={listing.isBusy()}
        onClose={close}
        footer={
          <>
            <Show when={listing.isBusy()}>
              <Button onPress={listing.stop}>{t('count.stop')}</Button>
            </Show>
            <Button kind="main" isBusy={listing.isBusy()} onPress={() => void list()}>
              {t('count.listAct')}
            </Button>
          </>
        }
      >
        <div class={css['form']}>
          <p class={css['note']}>{t('count.listNote')}</p>
          <ScopeFields
            kind={kind()}
            chosen={chosen()}
            warehouseId={props.header['warehouseId']}
            onKind={(of) => {
              setKind(of)
              setChosen(undefined)
            }}
            onChoose={setChosen}
          />
          <Checkbox label={t('count.withEmpty')} isChecked={withEmpty()} onChange={setWithEmpty} />
          <Show when={listing.isBusy()}>
            <Progress
              label={t('count.listing')}
              share={listing.share()}
              note={t('count.listedSoFar', countText(listing.lines()))}
            />
          </Show>
          <Show when={listing.problem()}>
            {(problem) => <Notice kind="stop" title={problemSentence(problem())} />}
          </Show>
        </div>
      </Dialog>
    </>
  )
}

function ScopeFields(props: {
  readonly kind: CountScope['kind']
  readonly chosen: Suggestion | undefined
  readonly warehouseId: FieldValues[string] | undefined
  readonly onKind: (kind: CountScope['kind']) => void
  readonly onChoose: (chosen: Suggestion | undefined) => void
}) {
  const suggest = (typed: string) =>
    props.kind === 'category'
      ? findMasters('category', typed)
      : findBins(typeof props.warehouseId === 'string' ? props.warehouseId : '', typed)
  return (
    <>
      <ChoiceField
        label={t('count.scope')}
        value={props.kind}
        options={[
          { value: 'all', label: t('count.scopeAll') },
          { value: 'category', label: t('count.scopeCategory') },
          { value: 'brand', label: t('count.scopeBrand') },
          { value: 'bin', label: t('count.scopeBin') },
        ]}
        onCommit={(kind) => props.onKind(kind ?? 'all')}
      />
      <Show when={props.kind === 'category' || props.kind === 'bin'}>
        <Combobox
          label={t('count.chosen')}
          value={props.chosen}
          suggest={suggest}
          onChoose={props.onChoose}
        />
      </Show>
      <Show when={props.kind === 'brand'}>
        <TextField
          label={t('count.chosen')}
          value={props.chosen?.label ?? ''}
          onCommit={(text) =>
            props.onChoose(text === '' ? undefined : { value: text, label: text })
          }
        />
      </Show>
    </>
  )
}

/** One listing at a time: how far it is, and whether it was told to stop. */
function createListing(props: ListGoodsProps) {
  const [isBusy, setBusy] = createSignal(false)
  const [share, setShare] = createSignal(0)
  const [lines, setLines] = createSignal(0)
  const [problem, setProblem] = createSignal<Problem>()
  let isStopped = false
  /** Whether it came to its end, or was stopped after something was listed. */
  const run = async (scope: CountScope, withEmpty: boolean): Promise<boolean> => {
    isStopped = false
    setBusy(true)
    setProblem(undefined)
    setLines(0)
    let docId = props.docId
    let sheets = 1
    let after: GoodsCursor | undefined
    do {
      const { type, header } = props
      const step = { docId, type, header, scope, withEmpty, limit: limitStep }
      const listed = await command('listGoods', { ...step, ...(after !== undefined && { after }) })
      if (!listed.ok) {
        setProblem(listed.problem[0])
        setBusy(false)
        return false
      }
      const { added, isFull, next } = listed.value
      setLines(lines() + added)
      setShare(listed.value.share)
      after = next
      if (isFull && next !== undefined) {
        docId = uuidv7()
        sheets += 1
      }
    } while (after !== undefined && !isStopped)
    setBusy(false)
    tell(lines(), sheets)
    return lines() > 0
  }
  const stop = () => {
    isStopped = true
  }
  return { run, stop, isBusy, share, lines, problem }
}

function tell(lines: number, sheets: number): void {
  if (lines === 0) {
    showToast({
      kind: 'decide',
      title: t('count.nothingListed'),
      text: t('count.nothingListedNote'),
    })
    return
  }
  const text = sheets > 1 ? t('count.listedMany', countText(sheets)) : t('count.listedNote')
  showToast({ kind: 'done', title: t('count.listed', countText(lines)), text })
}
