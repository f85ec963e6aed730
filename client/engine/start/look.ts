/**
 * 看过了: keeps that the figures of this device were looked at as they stand now; what comes later is new. What a new
 * device finds when it comes is no news: its figures count as seen once all of it is here [NEW6].
 */
import { lookName, type News } from '#client/projections/news.ts'
import type { DeviceClock } from '../own/device-clock.ts'
import type { Store } from '../store/store.ts'

export interface Looking {
  readonly store: Store
  readonly term: number
  readonly news: News
  readonly clock: Pick<DeviceClock, 'now'>
}

export async function lookAtFigures({ store, term, news, clock }: Looking): Promise<void> {
  const { kept, done } = news.look(clock.now())
  await store.commit({ term, values: { [lookName]: kept } })
  done()
}

export interface FirstLookOptions extends Looking {
  /** Journals that are known to hold more than is here; undefined without a network. */
  behind(): number | undefined
  /** Folds what has come. */
  flush(): void
  onLooked(): void
}

/** To be called whenever it may be that all is here; looks once. What the store refuses is tried again. */
export function makeFirstLook(options: FirstLookOptions): () => void {
  let isLooking = false
  return () => {
    if (isLooking || options.news.lookedAt !== undefined || options.behind() !== 0) return
    isLooking = true
    options.flush()
    lookAtFigures(options)
      .then(options.onLooked)
      .catch(() => {})
      .finally(() => {
        isLooking = false
      })
  }
}
