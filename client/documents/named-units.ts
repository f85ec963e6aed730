/** Units of a row as the quantity components take them: the base unit first, then the bigger ones. */
import type { UnitRow } from '#client/engine/face/face.ts'
import type { NamedUnit } from '#domain/values/unit.ts'

export function namedUnits(row: {
  readonly baseUnit: string
  readonly units: readonly UnitRow[]
}): readonly NamedUnit[] {
  const others = row.units.filter((unit) => unit.name !== row.baseUnit)
  return [
    { name: row.baseUnit, factor: { numerator: 1, denominator: 1 } },
    ...others.map((unit) => ({
      name: unit.name,
      factor: { numerator: unit.numerator, denominator: unit.denominator },
    })),
  ]
}
