/** What a browser's worker and Node offer alike: time, chance, keys, and the way to a server. */
import { uuidv7 } from 'uuidv7'
import { fetchApi } from '../people/fetch-api.ts'
import { webCryptoKeys } from '../people/web-crypto-keys.ts'
import type { EnginePorts, Network } from '../ports.ts'
import { hocuspocusWire } from '../sync/hocuspocus-wire.ts'
import { systemTimers } from './system-timers.ts'

export function platformPorts(): Pick<EnginePorts, 'clock' | 'timers' | 'random' | 'keys'> {
  return {
    clock: { nowMs: () => Date.now() },
    timers: systemTimers,
    random: {
      uuid: uuidv7,
      bits: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    },
    keys: webCryptoKeys(crypto.subtle),
  }
}

/** `baseUrl`: http(s)://host:port. */
export function networkTo(baseUrl: string, fetchOf: typeof fetch): Network {
  return {
    api: fetchApi(baseUrl, fetchOf),
    wire: hocuspocusWire({ url: `${baseUrl.replace(/^http/, 'ws')}/sync` }),
  }
}
