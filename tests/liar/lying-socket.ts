/** A socket whose far end answers as it likes: frames are changed, doubled, kept back or cut, and it closes. */

export interface FrameLies {
  /** What arrives instead of the n-th frame of a socket, from 0; more than one, or none. */
  frames?: (frame: Uint8Array, n: number) => readonly Uint8Array[] | 'close'
}

/** Exchanged by a test at any time. */
export const frameLies: FrameLies = {}

type Listener = (event: MessageEvent<ArrayBuffer>) => void

export class LyingSocket extends WebSocket {
  #frames = 0
  readonly #wrapped = new Map<unknown, Listener>()

  override addEventListener(kind: string, listener: unknown): void {
    if (kind !== 'message') return super.addEventListener(kind, listener as EventListener)
    const hear = listener as Listener
    const wrapped: Listener = (event) => {
      const n = this.#frames
      this.#frames += 1
      const said = frameLies.frames?.(new Uint8Array(event.data), n) ?? [new Uint8Array(event.data)]
      if (said === 'close') return this.close()
      for (const frame of said) hear(new MessageEvent('message', { data: frame.slice().buffer }))
    }
    this.#wrapped.set(listener, wrapped)
    super.addEventListener('message', wrapped as EventListener)
  }

  override removeEventListener(kind: string, listener: unknown): void {
    const known = (this.#wrapped.get(listener) ?? listener) as EventListener
    super.removeEventListener(kind, known)
  }
}
