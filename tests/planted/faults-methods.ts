/** Faults planted in values of their own and in changes of method and scope: found by generated histories and tables. */
import type { PlantedFault, SuiteFinder } from './fault.ts'

const ledger = 'domain/ledgers/stock'
const fold = 'domain/fold'

const because = 'not-drawn'
/** The auditor reckons otherwise. */
const auditor: SuiteFinder = { suites: ['tests/properties/auditor.test.ts'], because }

export const methodFaults: readonly PlantedFault[] = [
  {
    id: 'serial-shares-pool',
    what: 'pieces with serial numbers share the value of the others, but under one method',
    file: `${ledger}/place.ts`,
    find: 'if (serial !== 0) return',
    put: "if (serial !== 0 && ledger.policy.method === 'serial') return",
    finder: auditor,
  },
  {
    id: 'own-batch-shares-pool',
    what: 'batches of a product that is valued by batch share one value',
    file: `${ledger}/place.ts`,
    find: 'isBatchOwn(valuations, 0)',
    put: 'isBatchOwn([], 0)',
    finder: auditor,
  },
  {
    id: 'own-value-by-layers',
    what: 'a batch with a value of its own follows the method of the company',
    file: `${ledger}/place.ts`,
    find: '= isOwnValueBit',
    put: '= 0',
    finder: auditor,
  },
  {
    id: 'last-valuation-holds',
    what: 'what is said of a valuation afterwards counts',
    file: `${fold}/own-values.ts`,
    find: 'const [first] = saidOf(masters, product, valuationField)',
    put: 'const first = saidOf(masters, product, valuationField).at(-1)',
    finder: auditor,
  },
  {
    id: 'valuation-late-ignored',
    what: 'goods that moved before their valuation became known keep the old one',
    file: `${fold}/own-values.ts`,
    find: '    valueAnew(state, ledger.policy)\n',
    put: '',
    finder: auditor,
  },
]
