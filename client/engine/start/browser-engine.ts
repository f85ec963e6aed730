/** The engine with the ports of a browser's worker. Loaded only by the worker that holds the lock. */
import { openDexieStore } from '../store/dexie-store.ts'
import { type Engine, type EngineOptions, openEngine } from '../engine.ts'
import { renewLog } from '../store/renew-log.ts'
import { reservedStore } from '../store/reserved-store.ts'
import { networkTo, platformPorts } from './platform-ports.ts'
import { systemTimers } from './system-timers.ts'
import { makeRoomKeeper } from '../store/room-keeper.ts'
import { indexedDbShelf } from '../drafts/shelf.ts'
import { privateFileRoom } from '../store/spare-room.ts'
import type { Store } from '../store/store.ts'

const databaseName = 'liancang'

export function openBrowserEngine(options: EngineOptions): Promise<Engine> {
  return openEngine(
    {
      store: openStore(),
      ...platformPorts(),
      shelf: indexedDbShelf(),
      network: networkTo(self.location.origin, (input, init) => fetch(input, init)),
      build: String(import.meta.env['VITE_BUILD'] ?? 'dev'),
    },
    options,
  )
}

function openStore(): Store {
  // Other browsers keep each database in a file of its own, which knows how to get well.
  const isChromium = 'userAgentData' in navigator
  const room = makeRoomKeeper({
    spare: privateFileRoom(),
    renewLog: async () => {
      if (isChromium) await renewLog(indexedDB, (bytes) => crypto.getRandomValues(bytes))
    },
    timers: systemTimers,
  })
  return reservedStore(room, (mend) => openDexieStore(databaseName, mend))
}
