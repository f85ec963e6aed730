/** How often each class of fault was met: counted where it strikes, not where it was arranged. */

/** Every fault that the simulator knows, with what a reader of the table wants to know of it. */
export const faultClasses = {
  offline: 'a device cut off for minutes to days',
  'offline-for-weeks': 'a device cut off for two days to three weeks',
  partition: 'a group of devices cut off together while the others go on',
  'message-slow': 'a message that took longer than two seconds',
  'message-dropped': 'a message lost; its socket goes with it',
  'message-repeated': 'a message delivered twice',
  'message-overtaken': 'a message delivered before an older one',
  'device-crash': 'a process killed between two operations of its store',
  'device-crash-at-read': 'a process killed in a read of its store',
  'device-crash-before-keep':
    'a process killed while a transaction was on its way to the disk: forgotten',
  'device-crash-after-keep': 'a process killed when a transaction was kept and nobody had heard',
  'disk-full': 'a transaction refused by a full disk that was freed later',
  'disk-failing': 'a transaction refused by a disk that fails for a while',
  'disk-closed': 'a transaction kept and reported as failed',
  'disk-read-failed': 'a read that failed',
  'shelf-forgot': 'drafts not yet synced to the disk, lost in a crash',
  'tab-takeover': 'a second engine took the lock on the same disk',
  'old-engine-thawed': 'an engine that had lost the lock came back and tried to write',
  'device-restored': 'a device put back to an older image of its disk',
  'device-cloned': 'a disk copied to a second machine under one identity',
  'device-forked': 'a device that found another history of itself and stopped',
  'device-forked-on': 'a forked device that went on as a new one with what it had not sent',
  'device-stolen': 'a machine never seen again',
  'device-evicted': 'a store emptied by the browser',
  'device-revoked': 'a device revoked while it was at work',
  'clock-off': 'a clock set off by minutes to hours',
  'clock-off-by-years': 'a clock set off by up to ten years, or at 1970',
  'clock-set-back': 'a clock that jumped back',
  'server-crash': 'the server killed between two operations of its store',
  'server-crash-at-read': 'the server killed in a read of its store',
  'server-crash-before-keep': 'the server killed while a commit was on its way to the disk',
  'server-crash-after-keep': 'the server killed when a commit was kept and nobody had heard',
  'server-store-failed': 'a commit that the store of the server refused',
  'server-read-failed': 'a read that the store of the server refused',
  'server-restored': 'the server put back to an older backup',
  'updates-joined': 'updates that came together, judged and kept together by the server',
  'month-closed': 'a branch closed over what the server had by then',
  'month-reopened': 'the last closing of a branch taken back',
  'method-changed': 'another cost method from a month on, while devices are away',
  'late-arrival':
    'a movement whose month was closed before the server had it, at the end of a world',
  'late-value': 'a change of the cost of goods whose month was closed, at the end of a world',
  'started-from-closing': 'a new device that began with the file of a closing',
  'newer-build': 'a record of a kind that no other device knows',
} as const

export type FaultClass = keyof typeof faultClasses

export type FaultCounts = Readonly<Record<FaultClass, number>>

export interface FaultBook {
  met(fault: FaultClass): void
  readonly counts: FaultCounts
}

export function openFaultBook(): FaultBook {
  const counts = noFaults()
  return {
    counts,
    met(fault) {
      counts[fault] += 1
    },
  }
}

export function sumOfFaults(all: Iterable<FaultCounts>): FaultCounts {
  const sum = noFaults()
  for (const counts of all) for (const fault of faultNames()) sum[fault] += counts[fault]
  return sum
}

export function faultNames(): readonly FaultClass[] {
  return Object.keys(faultClasses) as FaultClass[]
}

function noFaults(): Record<FaultClass, number> {
  return Object.fromEntries(faultNames().map((fault) => [fault, 0])) as Record<FaultClass, number>
}
