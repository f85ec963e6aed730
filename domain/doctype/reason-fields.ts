/** 事由 (reason): why goods leave or come beside trade: a code that books it, and the company's own words. */

import type { Label } from '#domain/masters/master-field.ts'
import { choice, noteField, optional, reference, warehouseField } from './fields.ts'

/** The header of a document without another side: where, why, and a note. */
export function reasonHeader<const Options extends Readonly<Record<string, Label>>>(
  label: Label,
  options: Options,
) {
  return {
    warehouseId: warehouseField(),
    reason: choice(label, options),
    reasonId: optional(reference('reason', ['具体事由', 'In detail'])),
    note: noteField(),
  }
}
