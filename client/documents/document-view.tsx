/**
 * A posted document (已审核): reads like the paper form, says where it is safe, what it cost, what it is linked
 * to, and offers its counter-act (红冲). A part still pending is named, never shown as zero.
 */
import { useNavigate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { DocumentDetail } from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import { audienceText } from '#client/text/audience-text.ts'
import { momentText } from '#client/text/dates.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Button } from '#client/ui/button.tsx'
import { ConfirmDialog } from '#client/ui/confirm-dialog.tsx'
import { DocumentChain } from '#client/ui/document-chain.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Page } from '#client/ui/page.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Stamp } from '#client/ui/stamp.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { showToast } from '#client/ui/toast.tsx'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Field } from '#domain/doctype/fields.ts'
import { amountInWords } from '#domain/doctype/amount-in-words.ts'
import { definitionOf } from '#domain/registry.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import { FieldText, isFigure, keyText } from './field-text.tsx'
import { PrintedDocument } from './print.tsx'
import { followersOf, pricersOf, returnsOf, startReturn } from './return-draft.ts'
import { Impact } from './impact.tsx'
import { SupplyPart } from './supply-part.tsx'
import css from './documents.module.css'

export interface DocumentViewProps {
  readonly definition: AnyDocumentDefinition
  readonly document: DocumentDetail
}

export function DocumentView(props: DocumentViewProps) {
  const session = createSession()
  const [isReversing, setReversing] = createSignal(false)
  const [isSupplying, setSupplying] = createSignal(false)
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  const navigate = useNavigate()
  const takeBack = async (definition: AnyDocumentDefinition) =>
    navigate(await startReturn(definition, props.document))
  const isReversed = () => props.document.state === 'reversed'
  const pending = () => props.document.pendingParts
  const maySupply = () =>
    pending().some((part) => session()?.audiences.some((each) => each === part) ?? false)
  return (
    <Page
      title={labelText(props.definition.label)}
      back={`/documents/${props.definition.type}`}
      stamp={<Stamp state={props.document.state} />}
      lead={t(
        'documents.postedBy',
        props.document.number,
        momentText(instant(props.document.at), zone()),
        props.document.byName,
      )}
      actions={
        <>
          <Button icon="print" keys="Ctrl+P" onPress={() => print()}>
            {t('word.print')}
          </Button>
          <Show when={maySupply()}>
            <Button kind="main" onPress={() => setSupplying(true)}>
              {t('documents.supply')}
            </Button>
          </Show>
          <Show when={!isReversed()}>
            <For each={[...followersOf(props.definition.type), ...pricersOf(props.document)]}>
              {(definition) => (
                <Button onPress={() => void takeBack(definition)}>
                  {t('documents.carryOut', labelText(definition.label))}
                </Button>
              )}
            </For>
            <For each={returnsOf(props.definition.type)}>
              {(definition) => (
                <Button icon="undo" onPress={() => void takeBack(definition)}>
                  {t('documents.returnGoods', labelText(definition.label))}
                </Button>
              )}
            </For>
            <Button kind="danger" onPress={() => setReversing(true)}>
              {t('documents.reverse')}
            </Button>
          </Show>
        </>
      }
    >
      <Show when={pending().length > 0 && !isReversed()}>
        <Notice
          kind="decide"
          title={t('documents.pending', pending().map(audienceText).join(t('word.listEnd')))}
        >
          {t('documents.pendingNote')}
        </Notice>
      </Show>
      <Show when={props.document.reversedBy}>
        {(reversal) => (
          <Notice
            kind="stop"
            title={t(
              'documents.reversedBy',
              momentText(instant(reversal().at), zone()),
              reversal().byName,
            )}
          >
            {reversal().reason}
          </Notice>
        )}
      </Show>
      <Chain document={props.document} />
      <Content definition={props.definition} document={props.document} />
      <Reverse
        document={props.document}
        isOpen={isReversing()}
        onClose={() => setReversing(false)}
      />
      <Show when={isSupplying()}>
        <SupplyPart
          definition={props.definition}
          document={props.document}
          onClose={() => setSupplying(false)}
        />
      </Show>
    </Page>
  )
}

/** What the document says, or that it is still to come. */
function Content(props: DocumentViewProps) {
  return (
    <Show
      when={props.document.isContentToCome === undefined}
      fallback={
        <Notice kind="info" title={t('documents.toCome')}>
          {t('documents.toComeNote')}
        </Notice>
      }
    >
      <Sheet title={t('documents.header')}>
        <Header definition={props.definition} document={props.document} />
      </Sheet>
      <Sheet title={t('documents.lines')} isFlush>
        <Lines definition={props.definition} document={props.document} />
      </Sheet>
      <PrintedDocument docId={props.document.docId} />
    </Show>
  )
}

function Chain(props: { readonly document: DocumentDetail }) {
  return (
    <Show when={props.document.links.length > 0}>
      <DocumentChain
        label={t('documents.chain')}
        links={props.document.links.map((link) => ({
          href: `/documents/${link.type}/${link.docId}`,
          label: labelText(definitionOf(link.type)?.label ?? [link.type, link.type]),
          number: link.number,
        }))}
      />
    </Show>
  )
}

function Header(props: DocumentViewProps) {
  const shown = () =>
    Object.entries<Field>(props.definition.header).filter(
      ([name]) => props.document.header[name] !== undefined,
    )
  return (
    <div class={css['header']}>
      <For each={shown()}>
        {([name, field]) => (
          <div class={css['fact']}>
            <span class={css['factLabel']}>{labelText(field.label)}</span>
            <span>
              <FieldText
                field={field}
                value={props.document.header[name]}
                context={props.document}
              />
            </span>
          </div>
        )}
      </For>
      <Show when={props.document.invoicing}>
        {(invoicing) => (
          <div class={css['fact']}>
            <span class={css['factLabel']}>{t('invoicing.label')}</span>
            <span>{t(`invoicing.${invoicing().state}`)}</span>
          </div>
        )}
      </Show>
    </div>
  )
}

function Lines(props: DocumentViewProps) {
  const columns = () =>
    Object.entries<Field>(props.definition.lines).filter(
      ([name, field]) =>
        !field.kind.startsWith('origin') &&
        props.document.lines.some((line) => line[name] !== undefined),
    )
  const session = createSession()
  const costs = () => props.document.costByLeg
  const counts = () => props.document.countByLeg
  return (
    <>
      <div class={css['lines']}>
        <table class={css['lineTable']}>
          <thead>
            <tr>
              <For each={columns()}>
                {([, field]) => <th class={cellClass(field)}>{labelText(field.label)}</th>}
              </For>
              <Show when={counts()}>
                <th class={css['end']}>{t('count.booked')}</th>
                <th class={css['end']}>{t('count.difference')}</th>
              </Show>
              <Show when={costs()}>
                <th class={css['end']}>{t('card.cost')}</th>
              </Show>
            </tr>
          </thead>
          <tbody>
            <For each={props.document.lines}>
              {(line) => (
                <tr>
                  <For each={columns()}>
                    {([name, field]) => (
                      <td class={cellClass(field)}>
                        <FieldText
                          field={field}
                          value={line[name]}
                          context={{
                            names: props.document.names,
                            zone: session()?.zone,
                            sku: props.document.skus[keyText(line['skuId'])],
                          }}
                        />
                      </td>
                    )}
                  </For>
                  <Show when={counts()}>
                    {(byLeg) => <CountCells count={byLeg()[line.lineId]} />}
                  </Show>
                  <Show when={costs()}>
                    {(byLeg) => (
                      <td class={css['end']}>
                        <Show when={byLeg()[line.lineId] !== undefined}>
                          <MoneyText value={money(Math.abs(byLeg()[line.lineId] ?? 0))} />
                        </Show>
                      </td>
                    )}
                  </Show>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={props.document.amount !== undefined}>
        <div class={css['totals']}>
          <span class={css['words']}>{amountInWords(money(props.document.amount ?? 0))}</span>
          <span class={css['factLabel']}>{t('word.total')}</span>
          <span class={css['sum']}>
            <MoneyText value={money(props.document.amount ?? 0)} />
          </span>
        </div>
      </Show>
    </>
  )
}

/** Nothing beside a line that was not counted, or whose SKU stands further up. */
function CountCells(props: {
  readonly count: NonNullable<DocumentDetail['countByLeg']>[string] | undefined
}) {
  return (
    <>
      <td class={css['end']}>
        <Show when={props.count}>
          {(count) => <QuantityText value={quantity(count().booked)} />}
        </Show>
      </td>
      <td class={css['end']}>
        <Show when={props.count}>
          {(count) => <QuantityText value={quantity(count().difference)} isSigned />}
        </Show>
      </td>
    </>
  )
}

function cellClass(field: Field): string | undefined {
  if (isFigure(field)) return css['end']
  return field.kind === 'reference' ? css['sku'] : undefined
}

function Reverse(props: {
  readonly document: DocumentDetail
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const act = createAct()
  const [reason, setReason] = createSignal('')
  const reverse = async () => {
    const done = await act.run('reverse', { docId: props.document.docId, reason: reason().trim() })
    if (done === undefined) return
    props.onClose()
    showToast({ kind: 'done', title: t('documents.reversed', props.document.number) })
  }
  return (
    <ConfirmDialog
      isOpen={props.isOpen}
      title={t('documents.reverseTitle', props.document.number)}
      effect={
        <>
          <p>{t('documents.reverseEffect', props.document.lines.length)}</p>
          <Show when={props.isOpen}>
            <Impact docId={props.document.docId} act="reverse" />
          </Show>
          <TextField
            label={t('documents.reason')}
            value={reason()}
            onInput={setReason}
            isRequired
            hasFocus
          />
          <ProblemNotices problems={act.problems()} />
        </>
      }
      act={t('documents.reverse')}
      isDangerous
      isDisabled={reason().trim() === ''}
      onConfirm={() => void reverse()}
      onClose={props.onClose}
    />
  )
}
