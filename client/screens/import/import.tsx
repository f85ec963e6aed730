/**
 * 导入 (import): a file is read and judged first (dry run), then all accepted rows are taken or none, as the
 * person chooses. Problems name row, column and value.
 */
import { createSignal, Match, Show, Switch } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { Problem } from '#client/engine/face/face.ts'
import { createMasters } from '#client/queries/create-masters.ts'
import { createSession } from '#client/queries/create-session.ts'
import { planImport } from '#client/queries/plan-import.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { classes } from '#client/ui/classes.ts'
import { Icon } from '#client/ui/icon.tsx'
import { Page } from '#client/ui/page.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Progress } from '#client/ui/progress.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { acceptedRows, type ImportPlan } from '#domain/exchange/import-plan.ts'
import { createdText } from './created-text.ts'
import { ImportResult } from './import-result.tsx'
import css from './import.module.css'

type Stage = 'choose' | 'reading' | 'judged' | 'working'

export function Import() {
  const act = createAct()
  const session = createSession()
  const warehouses = createMasters(() => 'warehouse')
  const [stage, setStage] = createSignal<Stage>('choose')
  const [fileName, setFileName] = createSignal('')
  const [problems, setProblems] = createSignal<readonly Problem[]>([])
  const [plan, setPlan] = createSignal<ImportPlan>()
  const [warehouseId, setWarehouseId] = createSignal<string>()
  const own = () =>
    (warehouses()?.rows ?? []).filter((row) => row.fields['branchId'] === session()?.branchId)
  const chosenWarehouse = () => warehouseId() ?? own()[0]?.id

  const read = async (file: File) => {
    setFileName(file.name)
    setProblems([])
    setStage('reading')
    const warehouse = chosenWarehouse()
    const judged = await planImport({
      bytes: new Uint8Array(await file.arrayBuffer()),
      ...(warehouse === undefined ? {} : { warehouseId: warehouse }),
    })
    if (judged.ok) setPlan(judged.value)
    else setProblems([judged.problem])
    setStage(judged.ok ? 'judged' : 'choose')
  }
  const apply = async (accepted: ImportPlan) => {
    setStage('working')
    const done = await act.run('importRows', acceptedRows(accepted))
    setStage(done === undefined ? 'judged' : 'choose')
    if (done === undefined) return
    setPlan(undefined)
    const { counts } = accepted
    showToast({
      kind: 'done',
      title: t('import.done', counts.accepted),
      text: createdText(counts.created),
    })
  }
  return (
    <Page title={t('import.title')} lead={t('import.lead')}>
      <ProblemNotices problems={[...problems(), ...act.problems()]} />
      <Switch>
        <Match when={stage() === 'choose'}>
          <DropZone onFile={(file) => void read(file)} />
          <Show when={own().length > 1}>
            <ChoiceField
              label={t('import.warehouse')}
              value={chosenWarehouse()}
              options={own().map((row) => ({ value: row.id, label: row.name }))}
              onCommit={setWarehouseId}
            />
          </Show>
        </Match>
        <Match when={stage() === 'reading'}>
          <Progress label={t('import.reading', fileName())} />
        </Match>
        <Match when={stage() === 'working'}>
          <Progress label={t('import.working')} note={fileName()} />
        </Match>
        <Match when={stage() === 'judged' && plan()}>
          {(judged) => (
            <ImportResult
              fileName={fileName()}
              plan={judged()}
              onApply={() => void apply(judged())}
              onAnother={() => setStage('choose')}
            />
          )}
        </Match>
      </Switch>
    </Page>
  )
}

function DropZone(props: { readonly onFile: (file: File) => void }) {
  let input: HTMLInputElement | undefined
  const [isOver, setOver] = createSignal(false)
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0]
    if (file !== undefined) props.onFile(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer?.files)
  }
  const over = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    <div
      class={classes(css['drop'], isOver() && css['dropOver'])}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" size={32} />
      <p class={css['dropTitle']}>{t('import.drop')}</p>
      <p class={css['note']}>{t('import.kinds')}</p>
      <Button kind="main" icon="document" onPress={() => input?.click()}>
        {t('import.choose')}
      </Button>
      <input
        ref={(element) => (input = element)}
        class={css['input']}
        type="file"
        tabindex={-1}
        aria-label={t('import.choose')}
        accept=".xlsx,.xls,.csv,.txt"
        onChange={(event) => {
          take(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
