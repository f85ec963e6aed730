/** A planted fault: a deliberate bug as a small change of real source, and who is expected to find it. */

export interface PlantedFault {
  /** Kebab-case, for ever. */
  readonly id: string
  /** What goes wrong, in the words of the field. */
  readonly what: string
  /** From the project root. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly find: string
  readonly put: string
  /** The simulator where it is left out. */
  readonly finder?: SuiteFinder
}

/** Tests that find what no simulated world can show by design. */
export interface SuiteFinder {
  /** Test files, from the project root. */
  readonly suites: readonly string[]
  /** Why the simulator cannot. */
  readonly because: keyof typeof reasons
}

export const reasons = {
  'hostile-bytes': 'honest devices never send such bytes',
  'typed-money': 'the simulator takes what a record states as a fact, whoever computed it',
  'other-store': 'simulated worlds keep their data in memory, not in this store',
  'real-server': 'simulated worlds have no sockets, tokens or people with passwords',
  'long-chain': 'needs more movements of one SKU than a small world makes',
  'rare-text': 'needs texts that simulated people do not type',
  'legal-lag': 'a clock that lags is legal: no rule of a world is broken by it',
  'second-guard': 'a second guard keeps honest worlds whole',
  'asked-once': 'simulated people do not repeat a command under its own id',
  'not-drawn': 'generated histories meet it sooner than worlds under such policies do',
  'one-month': 'small worlds do not live through the turn of a month',
  'no-gap': 'simulated signatures leave no time for anything to come in between',
  'rare-failure': 'needs a disk that fails in one moment; a world in many shows it',
  'one-process': 'simulated devices ask one thing at a time',
} as const

/** The text of the file with the fault in it; a fault whose text is not there exactly once is an error. */
export function withFault(text: string, { id, file, find, put }: PlantedFault): string {
  const parts = text.split(find)
  if (parts.length !== 2) {
    throw new Error(`${id}: its text stands ${parts.length - 1} times in ${file}, not once`)
  }
  return parts.join(put)
}
