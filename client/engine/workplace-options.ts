/** What an enrolled device is given to be put together, and whom it tells. */
import type { DeviceClock } from './own/device-clock.ts'
import type { Mending } from './own/mending.ts'
import type { KeptIdentity } from './people/identity.ts'
import type { EnginePorts } from './ports.ts'
import type { Topic } from './face/face.ts'
import type { EngineRow } from './store/store.ts'

export interface WorkplaceOptions {
  readonly ports: EnginePorts
  readonly identity: KeptIdentity
  readonly engine: EngineRow
  readonly clock: DeviceClock
  branchId(): string | undefined
  token(): Promise<string>
  onTokenRefused(): void
  announce(topics: Iterable<Topic>): void
  /** Changes what is kept where something does not hold; this workplace ends with it. */
  readonly mending: Mending
  /** Another engine has the store. */
  onTermLost(): void
}
