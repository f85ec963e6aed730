/** The way out of trouble: every record that the server has not confirmed or that
 * does not hold, as one file. */
import { base64Text } from '#domain/records/base64.ts'
import { businessDateOf } from '#domain/values/business-date.ts'
import { done } from '#domain/values/result.ts'
import { setAsideOf } from '../sync/distrusted.ts'
import { doubtsOf } from '../sync/doubts.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import { atWork, type Workshop } from './workshop.ts'

const readAtOnce = 1_000

export async function exportUnsent(
  workshop: Workshop,
  _args: CommandArgs<'exportUnsent'>,
): Promise<CommandResult<'exportUnsent'>> {
  const work = atWork(workshop)
  if (!work.ok) return work
  const { identity, heads } = work.value.workplace
  const { store } = workshop.ports
  const journals: { journal: string; records: string[] }[] = []
  for (const { journal, seq } of await store.journals()) {
    if (!journal.endsWith(`/${identity.device.id}`)) continue
    const records: string[] = []
    for (let next = heads.coveredSeq(journal) + 1; next <= seq; ) {
      const rows = await store.recordsOf(journal, next, readAtOnce)
      if (rows.length === 0) break
      records.push(...rows.map((row) => base64Text(row.bytes)))
      next += rows.length
    }
    if (records.length > 0) journals.push({ journal, records })
  }
  const { organizationId: organization, device } = identity
  const setAside = (await setAsideOf(store)).map(({ journal, code, records }) => {
    return { journal, code, records: records.map(base64Text) }
  })
  const doubts = await doubtsOf(store)
  const file = { form: 'liancang-unsent-1', organization, device, journals, setAside, doubts }
  const text = JSON.stringify(file)
  const date = businessDateOf(workshop.clock.now(), work.value.reading.reader().zone)
  return done({
    fileName: `liancang-${device.code}-${date}.json`,
    bytes: new TextEncoder().encode(text),
  })
}
