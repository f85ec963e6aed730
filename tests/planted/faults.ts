/** All planted faults, in the order of the report. */
import type { PlantedFault } from './fault.ts'
import { closingFaults } from './faults-closings.ts'
import { engineFaults } from './faults-engine.ts'
import { foldFaults } from './faults-fold.ts'
import { methodFaults } from './faults-methods.ts'
import { recordFaults } from './faults-records.ts'
import { serverFaults } from './faults-server.ts'
import { stockFaults } from './faults-stock.ts'
import { valueFaults } from './faults-values.ts'

export const groups: readonly {
  readonly name: string
  readonly faults: readonly PlantedFault[]
}[] = [
  { name: 'Figures and cost', faults: valueFaults },
  { name: 'Methods, flows and counts', faults: [...stockFaults, ...methodFaults] },
  { name: 'Closed months', faults: closingFaults },
  { name: 'Fold', faults: foldFaults },
  { name: 'Records, replica, guards, documents', faults: recordFaults },
  { name: 'Engine of a device', faults: engineFaults },
  { name: 'Server', faults: serverFaults },
]

export const faults: readonly PlantedFault[] = groups.flatMap((group) => group.faults)
