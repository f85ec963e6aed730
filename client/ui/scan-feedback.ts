/** Tells hands that look elsewhere what a scan did: a short high tone and tap for a hit, two low for a miss. */

let audio: AudioContext | undefined

export function confirmScan(outcome: 'hit' | 'miss'): void {
  try {
    navigator.vibrate?.(outcome === 'hit' ? 30 : [60, 60, 60])
    audio ??= new AudioContext()
    const tones = outcome === 'hit' ? [1760] : [330, 260]
    for (const [index, hertz] of tones.entries()) tone(audio, hertz, index * 0.13)
  } catch {
    // A device without sound still shows the outcome on the screen.
  }
}

function tone(context: AudioContext, hertz: number, delaySeconds: number): void {
  const start = context.currentTime + delaySeconds
  const oscillator = context.createOscillator()
  const volume = context.createGain()
  oscillator.frequency.value = hertz
  volume.gain.setValueAtTime(0.08, start)
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.1)
  oscillator.connect(volume).connect(context.destination)
  oscillator.start(start)
  oscillator.stop(start + 0.11)
}
