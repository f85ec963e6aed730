/**
 * A posted document (已审核): reads like the paper form, says where it is safe, what it cost, what it is linked
 * to, and offers its counter-act (红冲). A part still pending is named, never shown as zero.
 */
import { useNavigate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { DocumentDetail } from '#client/engine/face/face.ts'
import { createApproval } from '#client/queries/create-approvals.ts'
import { createSession } from '#client/queries/create-session.ts'
import { audienceText } from '#client/text/audience-text.ts'
import { momentText } from '#client/text/dates.ts'
import { labelText, language } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { DocumentChain } from '#client/ui/document-chain.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Page } from '#client/ui/page.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Stamp } from '#client/ui/stamp.tsx'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Field } from '#domain/doctype/fields.ts'
import { definitionOf } from '#domain/registry.ts'
import { instant } from '#domain/values/instant.ts'
import { ApprovalStory } from './approval-story.tsx'
import { DocumentLines } from './document-lines.tsx'
import { OrderProgress } from './order-axes.tsx'
import { FieldText } from './field-text.tsx'
import { PrintedDocument } from './print.tsx'
import {
  arrivalsOf,
  followersOf,
  pricersOf,
  returnsOf,
  startClosing,
  startReturn,
} from './return-draft.ts'
import { Changes, isTakenBack, Unapproved } from './document-versions.tsx'
import { SupplyPart } from './supply-part.tsx'
import { TakeBack, type TakeBackAct } from './take-back.tsx'
import css from './documents.module.css'

export interface DocumentViewProps {
  readonly definition: AnyDocumentDefinition
  readonly document: DocumentDetail
}

export function DocumentView(props: DocumentViewProps) {
  const session = createSession()
  const [act, setAct] = createSignal<TakeBackAct>()
  const [isSupplying, setSupplying] = createSignal(false)
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  const approval = createApproval(() => props.document.docId, language)
  const isReversed = () => isTakenBack(props.document.state)
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
        numberOf(props.document),
        momentText(instant(props.document.at), zone()),
        props.document.byName,
      )}
      actions={
        <Actions
          {...props}
          maySupply={maySupply()}
          onSupply={() => setSupplying(true)}
          onTakeBack={setAct}
        />
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
      <Unapproved document={props.document} zone={zone()} />
      <Chain document={props.document} />
      <OrderProgress document={props.document} />
      <Content definition={props.definition} document={props.document} />
      <Changes definition={props.definition} document={props.document} />
      <Show when={approval()}>{(found) => <ApprovalStory approval={found()} />}</Show>
      <TakeBack act={act()} document={props.document} onClose={() => setAct(undefined)} />
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

/** 单据编号, and which version of it. */
function numberOf({ number, version }: DocumentDetail): string {
  return version === undefined ? number : `${number} · ${t('versions.version', version)}`
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
        <DocumentLines definition={props.definition} document={props.document} />
      </Sheet>
      <PrintedDocument docId={props.document.docId} />
    </Show>
  )
}

interface ActionsProps extends DocumentViewProps {
  readonly maySupply: boolean
  readonly onSupply: () => void
  readonly onTakeBack: (act: TakeBackAct) => void
}

/** What can be done with it: print, supply what is pending, carry it out or take it back. */
function Actions(props: ActionsProps) {
  const navigate = useNavigate()
  const begin = async (definition: AnyDocumentDefinition) =>
    navigate(await startReturn(definition, props.document))
  const hasOpen = () => Object.values(props.document.orderByLine ?? {}).some(({ open }) => open > 0)
  const isChange = ({ claims }: AnyDocumentDefinition) => claims === 'change'
  const close = async (change: AnyDocumentDefinition) =>
    navigate(await startClosing(change, props.document))
  const closings = () => (hasOpen() ? followersOf(props.definition.type).filter(isChange) : [])
  /** An order that is carried out can still be changed, and nothing else. */
  const followers = () => {
    const all = followersOf(props.definition.type)
    const carriers = hasOpen() ? all.filter((each) => !isChange(each)) : []
    const onward = arrivalsOf(props.document)
    return [...onward, ...carriers, ...all.filter(isChange), ...pricersOf(props.document)]
  }
  return (
    <>
      <Button icon="print" keys="Ctrl+P" onPress={() => print()}>
        {t('word.print')}
      </Button>
      <Show when={props.maySupply}>
        <Button kind="main" onPress={props.onSupply}>
          {t('documents.supply')}
        </Button>
      </Show>
      <Show when={!isTakenBack(props.document.state)}>
        <For each={followers()}>
          {(definition) => (
            <Button onPress={() => void begin(definition)}>
              {t('documents.carryOut', labelText(definition.label))}
            </Button>
          )}
        </For>
        <For each={closings()}>
          {(change) => (
            <Button onPress={() => void close(change)}>{t('documents.closeRest')}</Button>
          )}
        </For>
        <For each={returnsOf(props.definition.type)}>
          {(definition) => (
            <Button icon="undo" onPress={() => void begin(definition)}>
              {t('documents.returnGoods', labelText(definition.label))}
            </Button>
          )}
        </For>
        <Button icon="edit" onPress={() => props.onTakeBack('unapprove')}>
          {t('versions.unapprove')}
        </Button>
        <Button kind="danger" onPress={() => props.onTakeBack('reverse')}>
          {t('documents.reverse')}
        </Button>
      </Show>
    </>
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
  // What a receipt said of its invoice is old once invoices speak of it.
  const isOutdated = (name: string) =>
    name === 'invoiceKind' && props.document.invoicing !== undefined
  const shown = () =>
    Object.entries<Field>(props.definition.header).filter(
      ([name]) => props.document.header[name] !== undefined && !isOutdated(name),
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
