/** Servers and devices of one test, taken down after it. */
import { afterEach, beforeEach, vi } from 'vitest'
import { type EnrolWish, enrolDevice, type TestDevice } from './test-device.ts'
import {
  openTestServer,
  setUpCompany,
  type TestServer,
  type TestServerOptions,
} from './test-server.ts'

export interface World {
  /** A server that nobody has set up. */
  emptyServer(options?: TestServerOptions): Promise<TestServer>
  /** A server with a company, one branch and its owner. */
  server(options?: TestServerOptions): Promise<TestServer>
  /** A device enrolled by the owner, unless said otherwise. */
  device(server: TestServer, wish?: EnrolWish): Promise<TestDevice>
  later(cleanUp: () => Promise<void> | void): void
}

/** For what is sure to come, on a machine that may be busy with much else. */
export const patience = { timeout: 30_000 } as const

/** Called once at the top of a test file. */
export function openWorld(): World {
  const cleanUps: (() => Promise<void> | void)[] = []

  beforeEach(() => {
    // Hocuspocus tells the console about every refusal that these tests provoke.
    for (const method of ['error', 'warn'] as const) {
      vi.spyOn(console, method).mockImplementation(() => undefined)
    }
  })

  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
    vi.restoreAllMocks()
  })

  async function emptyServer(options?: TestServerOptions): Promise<TestServer> {
    const server = await openTestServer(options)
    cleanUps.push(() => server.remove())
    return server
  }

  return {
    emptyServer,
    async server(options) {
      const server = await emptyServer(options)
      await setUpCompany(server)
      return server
    },
    async device(server, wish) {
      const device = await enrolDevice(server, wish)
      cleanUps.push(() => device.leave())
      return device
    },
    later: (cleanUp) => void cleanUps.push(cleanUp),
  }
}
