/** Faults planted in values of their own and in changes of method and scope: found by generated histories and tables. */
import type { PlantedFault, SuiteFinder } from './fault.ts'

const ledger = 'domain/ledgers/stock'
const fold = 'domain/fold'

const because = 'not-drawn'
const byHand = (suite: string): SuiteFinder => ({ suites: [suite], because })
const changes = byHand('tests/properties/method-change.test.ts')
const policies = byHand('domain/fold/cost-policy.long.test.ts')
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
  {
    id: 'restated-valuation-untold',
    what: 'nobody hears that a valuation was said twice',
    file: `${fold}/own-values.ts`,
    find: 'passedOver.length === 0',
    put: 'passedOver.length >= 0',
    finder: byHand('domain/fold/own-values.long.test.ts'),
  },
  {
    id: 'pieces-read-nothing',
    what: 'under month-end averages what goes into a piece is not told to it',
    file: `${ledger}/costing/joined-pools.ts`,
    find: 'const policy = policyOfPool(ledger, poolOf(ledger, into))',
    put: 'const { policy } = ledger',
    finder: byHand('domain/fold/own-values.long.test.ts'),
  },
  {
    id: 'change-from-second-movement',
    what: 'the first goods of the month of a change cost what they did before',
    file: `${ledger}/change.ts`,
    find: 'const position = positionAt(ledger, pool, from)',
    put: 'const position = positionAt(ledger, pool, from) + 1',
    finder: changes,
  },
  {
    id: 'preview-stays',
    what: 'the preview of a change of method is not taken back',
    file: `${fold}/method-impact.ts`,
    find: '  costByMethod(ledger, policy, wish.from)\n',
    put: '',
    finder: changes,
  },
  {
    id: 'change-by-anybody',
    what: 'a change of method counts on the word of any device',
    file: `${fold}/said-of-master.ts`,
    find: 'isServerDevice(names.devices.text(device[version] as number))',
    put: '(device[version] as number) >= 0',
    finder: policies,
  },
  {
    id: 'company-month-by-one',
    what: 'a month of the whole company is over when one branch has closed it',
    file: `${ledger}/costing/cost-pool.ts`,
    find: '[...branches].every(',
    put: '[...branches].some(',
    finder: policies,
  },
  {
    id: 'company-close-unheard',
    what: 'a close changes nothing in pools of the whole company',
    file: `${ledger}/change.ts`,
    find: '(own >= 0 && own !== branch)',
    put: 'own !== branch',
    finder: policies,
  },
  {
    id: 'change-to-batches',
    what: 'a company goes over to batch cost, whose goods would have to be parted',
    file: `${fold}/cost-policy.ts`,
    find: "new Set(['batch', 'serial'])",
    put: "new Set(['serial'])",
    finder: byHand('sync-server/seals/method-changes.long.test.ts'),
  },
]
