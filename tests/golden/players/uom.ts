/** Model `uom`: quantities and prices from unit to unit (`convertQuantity`, `convertUnitPrice`). */

import { type Ratio, type RoundingMode, ratio } from '#domain/values/ratio.ts'
import {
  convertQuantity,
  convertUnitPrice,
  type MeasuredUnit,
} from '#domain/values/unit-conversion.ts'
import { exactIn, exactOf } from '../figures.ts'
import type { Play } from '../play.ts'
import { CaseProblem, nameOf, type Operation, type Table, tableOf } from '../read-cases.ts'

const modes: Readonly<Record<string, RoundingMode>> = {
  ...{ 'half-up': 'nearest', up: 'up', ceil: 'up', floor: 'down', down: 'down' },
}

export function playUom(setup: Table): Play {
  const results = new Map<number, Ratio | undefined>()
  const units = tableOf(setup['units'], 'units')
  return {
    enter(op) {
      const { from, to } = op
      const conversion = {
        ...{ from: unitOf(units, nameOf(from)), to: unitOf(units, nameOf(to)) },
        ...(op['cross'] !== undefined && { crossRate: exactOf(op['cross'], 'cross') }),
      }
      const result =
        op.op === 'price'
          ? convertUnitPrice(exactOf(op['price'], 'price'), conversion)
          : convertQuantity(exactOf(op['qty'], 'qty'), conversion, roundingOf(op, setup, units))
      results.set(op.n, result.ok ? result.value : undefined)
    },
    read({ what, of }) {
      const result = results.get(Number(of))
      if (what === 'verdict') return result === undefined ? 'refused' : 'accepted'
      return result
    },
  }
}

function roundingOf(op: Operation, setup: Table, units: Table) {
  const unit = tableOf(units[nameOf(op['to'])], `unit ${nameOf(op['to'])}`)
  const step = exactIn(op, 'step', exactIn(unit, 'step', undefined))
  const name = nameOf(op['mode'] ?? setup['mode'] ?? 'half-up')
  const mode = modes[name]
  if (mode === undefined) throw new CaseProblem(`unknown mode: ${name}`)
  return step === undefined ? undefined : { step, mode }
}

function unitOf(units: Table, name: string): MeasuredUnit {
  const unit = tableOf(units[name], `unit ${name}`)
  return { dimension: nameOf(unit['dim']), perUnit: exactIn(unit, 'factor', ratio(1n)) }
}
