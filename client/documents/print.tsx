/**
 * The paper of a document, on the screen only while printing: head, lines with a repeated table head, totals,
 * 大写金额, signatures. What stands on it comes ready from the domain.
 */
import { For, Show } from 'solid-js'
import { createPrint } from '#client/queries/create-documents.ts'
import { language } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import css from './print.module.css'

export function PrintedDocument(props: { readonly docId: string }) {
  const model = createPrint(() => props.docId, language)
  return (
    <Show when={model()}>
      {(paper) => (
        <section class={css['paper']} aria-hidden="true">
          <header class={css['head']}>
            <p class={css['company']}>{paper().company}</p>
            <h1 class={css['title']}>{paper().title}</h1>
            <p class={css['number']}>{paper().number}</p>
          </header>
          <dl class={css['facts']}>
            <div>
              <dt>{t('print.date')}</dt>
              <dd>{paper().date}</dd>
            </div>
            <For each={paper().header}>
              {(fact) => (
                <div>
                  <dt>{fact.label}</dt>
                  <dd>{fact.text}</dd>
                </div>
              )}
            </For>
          </dl>
          <table class={css['lines']}>
            <thead>
              <tr>
                <th class={css['end']}>{t('print.line')}</th>
                <For each={paper().columns}>
                  {(column) => (
                    <th class={column.align === 'end' ? css['end'] : undefined}>{column.label}</th>
                  )}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={paper().rows}>
                {(row, index) => (
                  <tr>
                    <td class={css['end']}>{index() + 1}</td>
                    <For each={row}>
                      {(cell, at) => (
                        <td class={paper().columns[at()]?.align === 'end' ? css['end'] : undefined}>
                          {cell}
                        </td>
                      )}
                    </For>
                  </tr>
                )}
              </For>
              <tr class={css['totals']}>
                <td>{t('word.total')}</td>
                <For each={paper().totals}>{(cell) => <td class={css['end']}>{cell}</td>}</For>
              </tr>
            </tbody>
          </table>
          <Show when={paper().due}>
            {(due) => (
              <p class={css['words']}>
                {t('print.amountInWords')} {due().inWords} ¥{due().amount}
              </p>
            )}
          </Show>
          <footer class={css['signatures']}>
            <For each={paper().signatures}>
              {(name) => <span class={css['signature']}>{name}</span>}
            </For>
          </footer>
        </section>
      )}
    </Show>
  )
}
