/** The engine with the ports of a browser's worker. Loaded only by the worker that holds the lock. */
import { uuidv7 } from 'uuidv7'
import { openDexieStore } from '../store/dexie-store.ts'
import { type Engine, type EngineOptions, openEngine } from '../engine.ts'
import { fetchApi } from '../people/fetch-api.ts'
import { hocuspocusWire } from '../sync/hocuspocus-wire.ts'
import { renewLog } from '../store/renew-log.ts'
import { reservedStore } from '../store/reserved-store.ts'
import { systemTimers } from './system-timers.ts'
import { makeRoomKeeper } from '../store/room-keeper.ts'
import { indexedDbShelf } from '../drafts/shelf.ts'
import { privateFileRoom } from '../store/spare-room.ts'
import type { Store } from '../store/store.ts'
import { webCryptoKeys } from '../people/web-crypto-keys.ts'

const databaseName = 'liancang'

export function openBrowserEngine(options: EngineOptions): Promise<Engine> {
  const { origin } = self.location
  return openEngine(
    {
      store: openStore(),
      clock: { nowMs: () => Date.now() },
      timers: systemTimers,
      random: {
        uuid: uuidv7,
        bits: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
      },
      keys: webCryptoKeys(crypto.subtle),
      shelf: indexedDbShelf(),
      network: {
        api: fetchApi(origin, (input, init) => fetch(input, init)),
        wire: hocuspocusWire({ url: `${origin.replace(/^http/, 'ws')}/sync` }),
      },
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
