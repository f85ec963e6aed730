/** Values as points of a small picture. Pure geometry; px with y downwards. */

export interface Point {
  readonly x: number
  readonly y: number
}

/** Evenly spaced left to right; the span includes zero, so that lines do not exaggerate. */
export function linePoints(
  values: readonly number[],
  width: number,
  height: number,
  pad: number,
): Point[] {
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  const span = high - low || 1
  const step = values.length > 1 ? (width - 2 * pad) / (values.length - 1) : 0
  return values.map((value, index) => ({
    x: round(pad + index * step),
    y: round(pad + ((high - value) / span) * (height - 2 * pad)),
  }))
}

/** `M0 1L2 3…` */
export function pathOf(points: readonly Point[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')
}

function round(px: number): number {
  return Math.round(px * 10) / 10
}
