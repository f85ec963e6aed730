/**
 * A machine that ran a newer build for a moment: it has written a record of a kind that no other build
 * here knows, and went back to this one. Everybody has to keep such a record, pass it on and say it.
 */
import { encodeRecord } from '#domain/records/record-bytes.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import { hashBytes } from '#domain/records/signature.ts'
import { appendUpdate } from '#domain/replica/append-update.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import type { Company } from './company.ts'
import { keptRecord } from './decoded.ts'
import { simKeys } from './keys.ts'
import type { Tablet } from './tablet.ts'

const kind = 'weather-noted.v1'

/** After the newest record of a journal of its own; nothing happens on a machine that has none. */
export function writeAsNewerBuild(company: Company, tablet: Tablet): void {
  const { random, scheduler, auditor } = company
  const image = tablet.image
  const own = image.disk.journals.filter(({ journal }) =>
    journal.journal.endsWith(`/${tablet.device}`),
  )
  const newest = own.at(-1)
  const last = newest?.records.at(-1)
  if (tablet.device === '' || newest === undefined || last === undefined) return
  if (auditor.isTwin(tablet.device) || own.some((other) => isAfter(other, newest))) return
  const before = keptRecord(last)
  const record: JournalRecord = {
    ...before.record,
    ...{ kind, id: asId<RecordId>(random.uuid(scheduler.nowMs())), seq: before.record.seq + 1 },
    ...{ prev: before.hash, build: 'newer', body: { sky: '晴' } },
    hlc: (image.disk.engine.hlc + 1) as Hlc,
  }
  const bytes = signed(record, image.disk.values['identity'], company)
  const { journal, seq } = { journal: newest.journal.journal, seq: record.seq }
  const update = appendUpdate([{ seq, bytes, client: random.integer(1, 2 ** 31), clock: 0 }])
  company.faults.met('newer-build')
  company.tell(`${tablet.name} ran a newer build for a moment`)
  tablet.become({
    ...image,
    disk: {
      ...image.disk,
      engine: { ...image.disk.engine, hlc: record.hlc },
      journals: image.disk.journals.map((each) =>
        each !== newest
          ? each
          : {
              journal: {
                ...each.journal,
                seq,
                hash: keptRecord({ journal, seq, bytes }).hash,
                hlc: record.hlc,
              },
              updates: [...each.updates, { journal, fromSeq: seq, toSeq: seq, bytes: update }],
              records: [...each.records, { journal, seq, bytes }],
            },
      ),
    },
  })
  auditor.note(keptRecord({ journal, seq, bytes }))
}

function signed(record: JournalRecord, identity: unknown, { random }: Company): Uint8Array {
  const { key } = identity as { readonly key: unknown }
  const { hash } = keptRecord({ journal: '', seq: 0, bytes: encodeRecord(record) })
  return encodeRecord(record, simKeys(random).signNow(key, hashBytes(hash)))
}

/** Of the same chain, and further on. */
function isAfter(
  other: { readonly journal: { readonly journal: string; readonly firstSeq: number } },
  than: { readonly journal: { readonly journal: string; readonly seq: number } },
): boolean {
  const chain = (journal: string) =>
    journal
      .split('/')
      .filter((_, at) => at !== 4)
      .join('/')
  const isSameChain = chain(other.journal.journal) === chain(than.journal.journal)
  return isSameChain && other.journal.firstSeq > than.journal.seq
}
