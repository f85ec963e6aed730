/** Where a layer goes beside its anchor; pure geometry in px. */

export interface Place {
  readonly left: number
  readonly top: number
  readonly maxHeight: number
}

interface Edges {
  readonly left: number
  readonly top: number
  readonly bottom: number
}

interface Size {
  readonly width: number
  readonly height: number
}

const gap = 4
const margin = 8
const heightMin = 96

/** Below the anchor, or above where there is more room; always inside the window [LAY2]. */
export function placeBeside(anchor: Edges, layer: Size, view: Size): Place {
  const below = view.height - anchor.bottom - gap - margin
  const above = anchor.top - gap - margin
  const goesBelow = layer.height <= below || below >= above
  const maxHeight = Math.max(heightMin, goesBelow ? below : above)
  const height = Math.min(layer.height, maxHeight)
  const left = Math.max(margin, Math.min(anchor.left, view.width - layer.width - margin))
  return { left, top: goesBelow ? anchor.bottom + gap : anchor.top - gap - height, maxHeight }
}
