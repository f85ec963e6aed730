/**
 * Judges an update to a desk: the bytes by the strict parser in `domain/replica`, and who may write
 * under which client id. Desks have many writers and no authority; this keeps one of them from
 * spoiling the document for the others.
 */
import type { Doc } from 'yjs'
import { checkDeskUpdate, encodeAcceptedDesk } from '#domain/replica/desk-guard.ts'
import { knownDesk } from '#domain/replica/known-desk.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { limitDeskClients } from '../limits.ts'
import type { Objection } from './guard.ts'

export interface JudgedDesk {
  /** What is new, as this server writes it; undefined when all was known. */
  readonly update: Uint8Array | undefined
  /** Makes the client ids of the update the device's own; called once it is kept. */
  claim(): void
}

/** Which device writes under a client id, as far as this load of the document has seen. */
const devicesByDoc = new WeakMap<Doc, Map<number, string>>()

export function judgeDesk(
  update: Uint8Array,
  doc: Doc,
  device: string,
): Result<JudgedDesk, Objection> {
  const deviceByClient = devicesByDoc.get(doc) ?? new Map<number, string>()
  devicesByDoc.set(doc, deviceByClient)
  const mayWriteAs = (client: number) => (deviceByClient.get(client) ?? device) === device
  const checked = checkDeskUpdate(
    update,
    knownDesk(doc, { limitClients: limitDeskClients, mayWriteAs }),
  )
  if (!checked.ok) {
    const { code } = checked.problem
    return fail(code === 'missing-dependency' ? { code, isAhead: true } : { code })
  }
  return done({
    update: checked.value.hasNews ? encodeAcceptedDesk(checked.value) : undefined,
    claim() {
      for (const client of checked.value.clients.keys()) deviceByClient.set(client, device)
    },
  })
}
