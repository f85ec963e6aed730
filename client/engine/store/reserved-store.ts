/**
 * A store that gets well after its disk was full, and stops growing before it is: on a device without room nothing
 * is posted and nothing taken in, while what is there is read, sent and confirmed. When that is, the keeper says.
 */
import type { RoomKeeper } from './room-keeper.ts'
import type { Change, EngineRow, Store } from './store.ts'
import { storeOver } from './store-over.ts'

/** `open` gets what the store awaits before it opens a database again that was closed under it. */
export function reservedStore(
  room: RoomKeeper,
  open: (beforeReopening: () => Promise<void>) => Store,
): Store {
  const store = open(room.mend)

  async function opened(): Promise<EngineRow> {
    const opening = openedWithRoom()
    // What the room says comes first: it is the reason.
    opening.catch(() => {})
    await room.begin()
    return opening
  }

  async function openedWithRoom(): Promise<EngineRow> {
    try {
      return await store.open()
    } catch (error) {
      if (!(await room.isOutOfRoom())) throw error
      await room.mend()
      return store.open()
    }
  }

  return storeOver(store, {
    open: opened,
    async takeTerm() {
      await room.begin()
      const row = await store.takeTerm()
      room.started()
      return row
    },
    async commit(change) {
      if (!isGrowth(change)) return store.commit(change)
      await room.beforeGrowth()
      await store.commit(change)
      room.afterGrowth()
    },
    close() {
      room.close()
      store.close()
    },
  })
}

/** What the server has confirmed is a few bytes, and what people wait for on a full device. */
function isGrowth({ appends, blobs, compacted, values }: Change): boolean {
  return [appends, blobs, compacted, values].some((each) => each !== undefined)
}
