/**
 * The four-line part of the Reflect metadata proposal that @peculiar/x509's container asks for.
 * Import it before @peculiar/x509.
 */
type Metadata = Map<unknown, unknown>

const metadataByTarget = new WeakMap<object, Metadata>()

function defineMetadata(key: unknown, value: unknown, target: object): void {
  const metadata = metadataByTarget.get(target) ?? new Map<unknown, unknown>()
  metadataByTarget.set(target, metadata.set(key, value))
}

function getOwnMetadata(key: unknown, target: object): unknown {
  return metadataByTarget.get(target)?.get(key)
}

function getMetadata(key: unknown, target: object): unknown {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at)) {
    const value = getOwnMetadata(key, at)
    if (value !== undefined) return value
  }
  return undefined
}

if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, { defineMetadata, getOwnMetadata, getMetadata })
}
