/** Model `reserve`: what is promised to whom. */

import { NotYet, type Play } from '../play.ts'

export function playReserve(): Play {
  throw new NotYet('no ledger of reservations')
}
