/** The status of a device on a good day: in reach of its server, nothing waiting. */
import type { Status } from '#client/engine/face/face.ts'

export const goodStatus: Status = {
  connection: 'online',
  documentsWaiting: 0,
  recordsWaiting: 0,
  journalsBehind: 0,
  isUpdateNeeded: false,
  clockOffsetMs: 0,
}
