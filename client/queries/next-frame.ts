/** Waits for the next drawing of the screen. In a hidden tab that is when it is shown again. */
export function nextFrame(act: () => void): void {
  requestAnimationFrame(() => act())
}
