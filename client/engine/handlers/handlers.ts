/** Every act of the face and who carries it out: one line each. */
import { done } from '#domain/values/result.ts'
import type { CommandArgs, CommandName, CommandResult } from '../face/face.ts'
import { decide, postApproved, submitDraft, withdrawSubmission } from './approvals.ts'
import { beginAnew } from './begin-anew.ts'
import { changeMasters } from './change-masters.ts'
import { discardDraft, editDraft, pointAt, removeLine, scanIntoDraft } from './drafts.ts'
import { exportUnsent } from './export-unsent.ts'
import { offerAgain, takeBackToDraft } from './set-aside.ts'
import { wipeDevice } from './wipe-device.ts'
import { importRows } from './import-rows.ts'
import { listGoods } from './list-goods.ts'
import { post, postDraft } from './post.ts'
import { reverse } from './reverse.ts'
import { seeChanges } from './see-changes.ts'
import { seeFinding } from './see-finding.ts'
import { supplyPart } from './supply-part.ts'
import { reopenDraft, unapprove } from './unapprove.ts'
import { callServer, type Workshop } from './workshop.ts'

type Handlers = {
  readonly [Name in CommandName]: (
    workshop: Workshop,
    args: CommandArgs<Name>,
    commandId: string,
  ) => Promise<CommandResult<Name>>
}

export const handlers: Handlers = {
  setUp: async ({ sessions }, args) => {
    const answered = await sessions.setUp('/api/setup', { ...args })
    return answered.ok ? done({}) : answered
  },
  setUpDemonstration: async ({ sessions }) => {
    const answered = await sessions.setUp('/api/setup/demonstration', {})
    return answered.ok ? done({}) : answered
  },
  enrol: ({ sessions }, args) => sessions.enrol(args),
  beginAnew,
  signIn: async ({ sessions, workplace }, args) => {
    const signedIn = await sessions.signIn(args)
    if (signedIn.ok) workplace?.sync?.hurry()
    return signedIn
  },
  unlock: ({ sessions }, args) => sessions.unlock(args),
  setPin: ({ sessions }, { pin }) => sessions.setPin(pin),
  lock: ({ sessions }) => sessions.lock(),
  chooseBranch: async ({ sessions, workplace, announce }, { branchId }) => {
    const chosen = await sessions.chooseBranch(branchId)
    if (chosen.ok) await workplace?.refresh()
    if (chosen.ok) announce(['drafts', 'documents', 'stock:*'])
    return chosen
  },

  editDraft,
  scanIntoDraft,
  listGoods,
  removeLine,
  discardDraft,
  pointAt,

  post,
  postDraft,
  submitDraft,
  decide,
  withdrawSubmission,
  postApproved,
  reverse,
  unapprove,
  reopenDraft,
  supplyPart,
  seeFinding,
  seeChanges,
  changeMasters,
  importRows,

  addUser: (workshop, args) => asked(workshop, '/api/users', { ...args }),
  revokeDevice: (workshop, { device, reason }) =>
    asked(workshop, `/api/devices/${encodeURIComponent(device)}/revoke`, { reason }),
  adoptHeld: (workshop, { device, ...until }) =>
    asked(workshop, `/api/quarantine/${encodeURIComponent(device)}/adopt`, { ...until }),
  declineHeld: (workshop, { device, reason }) =>
    asked(workshop, `/api/quarantine/${encodeURIComponent(device)}/decline`, { reason }),
  wipeDevice,
  offerAgain,
  takeBackToDraft,
  closeMonth: (workshop, { branchId, month, accepted }) =>
    asked(workshop, `/api/branches/${encodeURIComponent(branchId)}/close`, { month, accepted }),
  changeCostMethod: (workshop, { month, method }) =>
    asked(workshop, '/api/company/cost-method', { month, method }),
  reopenMonth: (workshop, { branchId, seal, reason }) =>
    asked(workshop, `/api/branches/${encodeURIComponent(branchId)}/reopen`, { seal, reason }),
  exportUnsent,
}

/** An act that only the server can do, in the name of the person. */
async function asked(
  workshop: Workshop,
  path: string,
  body: Record<string, unknown>,
): Promise<CommandResult<'addUser'>> {
  const answered = await callServer(workshop, 'POST', path, body)
  if (answered.ok) workshop.announce(['devices', 'masters:seal'])
  return answered.ok ? done({}) : answered
}
