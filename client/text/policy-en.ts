/** The English text of the cost method and its change; the same keys as policy-zh-CN.ts, checked by the compiler. */
import type { PolicyDictionary } from './policy-zh-CN.ts'

export const policyEn: PolicyDictionary = {
  'policy.title': 'Cost method',
  'policy.once': 'Chosen once, before the first document',
  'policy.fixed':
    'Fixed since the first document; the method can change at the beginning of a month',
  'policy.saved': 'Cost method saved',
  'policy.method': 'Cost method',
  'policy.scope': 'Cost scope',
  'policy.from': (month) => `From ${month}`,
  'policy.by': (method, name) => (name === '' ? method : `${method} · ${name}`),
  'policy.change': 'Change the cost method',
  'policy.changeNote':
    'Another method from the beginning of a month on. The value in stock stays; what leaves afterwards costs by the new one.',
  'policy.month': 'From which month',
  'policy.to': 'To',
  'policy.noMonth': 'No month is possible now',
  'policy.blocked': (month) => `Not from ${month}`,
  'policy.branches': (names) => `Branches with open months: ${names}`,
  'policy.kept': (pools, value) =>
    `${pools} ${pools === 1 ? 'product keeps its' : 'products keep their'} value of ${value} yuan.`,
  'policy.same': 'No document would cost anything else.',
  'policy.confirm': (month, method) => `Go over to “${method}” from ${month}?`,
  'policy.effect':
    'This cannot be taken back; another method can follow from the beginning of a later month.',
  'policy.changed': (month, method) => `“${method}” from ${month}`,
  'policy.moving-average': 'Moving average',
  'policy.fifo': 'First in, first out',
  'policy.month-end': 'Month-end average',
  'policy.batch': 'By batch',
  'policy.serial': 'By serial number',
  'policy.branch': 'Per branch',
  'policy.warehouse': 'Per warehouse',
  'policy.company': 'Whole company',
}
