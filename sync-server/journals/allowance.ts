/**
 * How much each device may add to the disk in a day: far more than a shop writes, and far less than a disk
 * holds. What goes beyond is neither refused nor lost: the device keeps it and it is taken the next day.
 * In memory: a restart forgives.
 */

const dayMs = 86_400_000

export class Allowance {
  readonly #limitBytes: number
  readonly #usedByDevice = new Map<string, { readonly since: number; readonly bytes: number }>()

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  /** Whether so many bytes of a device may still be kept today. */
  hasRoom(device: string, bytes: number, nowMs: number): boolean {
    return this.#usedToday(device, nowMs).bytes + bytes <= this.#limitBytes
  }

  /** So many bytes are durable. */
  note(device: string, bytes: number, nowMs: number): void {
    const { since, bytes: used } = this.#usedToday(device, nowMs)
    this.#usedByDevice.set(device, { since, bytes: used + bytes })
  }

  /** A day begins with the first bytes after the last one. */
  #usedToday(device: string, nowMs: number): { readonly since: number; readonly bytes: number } {
    const used = this.#usedByDevice.get(device)
    return used !== undefined && nowMs - used.since < dayMs ? used : { since: nowMs, bytes: 0 }
  }
}
