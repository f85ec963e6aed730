/** Model `place`: where goods find room (`proposePutAway`). */

import {
  type PutAwayPlace,
  type PutAwayProposal,
  proposePutAway,
} from '#domain/ledgers/stock/put-away.ts'
import { type Quantity, quantity, quantityDecimals } from '#domain/values/quantity.ts'
import { type Ratio, scaledRatio, zeroRatio } from '#domain/values/ratio.ts'
import { exactIn, exactOf, scaled } from '../figures.ts'
import type { Play } from '../play.ts'
import { listOf, onlyKnown, type Table, tableOf, textOf } from '../read-cases.ts'

export function playPlace(setup: Table): Play {
  const rules = listOf(setup['rules'] ?? [], 'rules').map((rule) => tableOf(rule, 'a rule'))
  const proposals = new Map<number, PutAwayProposal>()
  const placed = new Map<string, Quantity>()
  return {
    enter(op) {
      const proposal = proposePutAway(steps(exactOf(op['qty'], 'qty')), placesOf(rules, placed))
      for (const { place, quantity: taken } of proposal.placed) {
        placed.set(place, quantity((placed.get(place) ?? 0) + taken))
      }
      proposals.set(op.n, proposal)
    },
    read({ what, of }) {
      const proposal = proposals.get(Number(of))
      if (what === 'rest') return scaled(proposal?.rest ?? 0, quantityDecimals)
      return proposal?.placed.map((each) => [each.place, scaled(each.quantity, quantityDecimals)])
    },
  }
}

/** What was put away before lies there too. */
function placesOf(rules: readonly Table[], placed: ReadonlyMap<string, Quantity>): PutAwayPlace[] {
  return rules.map((rule) => {
    onlyKnown(rule, 'wh capacity held priority', 'field of a rule')
    const place = textOf(rule, 'wh')
    const held = quantity(steps(exactIn(rule, 'held', zeroRatio)) + (placed.get(place) ?? 0))
    const capacity = steps(exactOf(rule['capacity'], 'capacity'))
    return { place, capacity, held, priority: Number(rule['priority'] ?? 0) }
  })
}

function steps(amount: Ratio): Quantity {
  return quantity(scaledRatio(amount, quantityDecimals))
}
