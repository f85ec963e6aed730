/** Cuts what does not fit into one document. */

/** `items` in order, in pieces of at most `size`, none of them empty. */
export function chunksOf<Item>(items: readonly Item[], size: number): [Item, ...Item[]][] {
  const chunks: [Item, ...Item[]][] = []
  for (let i = 0; i < items.length; i += size) {
    const [first, ...others] = items.slice(i, i + size)
    if (first !== undefined) chunks.push([first, ...others])
  }
  return chunks
}
