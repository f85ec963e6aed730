/**
 * The new answer, with whatever of it equals the old one taken from the old one: rows that did not change keep
 * their identity, so a list redraws only the rows that did. For plain data as it crosses the face.
 */
export function keepEqual<Value>(before: unknown, after: Value): Value {
  if (Object.is(before, after)) return after
  if (Array.isArray(before) && Array.isArray(after)) return keepItems(before, after) as Value
  if (isPlain(before) && isPlain(after)) return keepFields(before, after) as Value
  return after
}

function keepItems(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const kept = after.map((item, i) => keepEqual(before[i], item))
  const isSame = kept.length === before.length && kept.every((item, i) => item === before[i])
  return isSame ? before : kept
}

type Plain = Readonly<Record<string, unknown>>

function keepFields(before: Plain, after: Plain): Plain {
  const names = Object.keys(after)
  const kept = Object.fromEntries(names.map((name) => [name, keepEqual(before[name], after[name])]))
  const isSame =
    names.length === Object.keys(before).length &&
    names.every((name) => Object.hasOwn(before, name) && kept[name] === before[name])
  return isSame ? before : kept
}

function isPlain(value: unknown): value is Plain {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  )
}
