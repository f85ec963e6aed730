/**
 * The quarantine's two doors: a revoked device, which has no session any more, hands in by its key; whoever
 * manages the device looks at what came, adopts it or declines it.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { base64Text, bytesOfBase64 } from '#domain/records/base64.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { checkProof, type DeviceProof, proofText } from '../identity/device-proof.ts'
import type { Device, User } from '../identity/directory.ts'
import type { IdentityParts } from '../identity/parts.ts'
import { audiencesWithin, mayManage } from '../identity/rights.ts'
import { limitHandInBody } from '../limits.ts'
import type { HeldState, Quarantine } from '../quarantine/quarantine.ts'
import { readActor } from './actor.ts'
import { type ApiProblem, answer, readBody } from './answers.ts'
import type { ApiParts } from './api.ts'
import {
  adoptBody,
  declineBody,
  idParams,
  quarantineBody,
  quarantineRecordsQuery,
  quarantineStateBody,
} from './schemas.ts'

export function quarantineRoutes(app: FastifyInstance, parts: ApiParts): void {
  deviceDoor(app, parts)
  managersDoor(app, parts)
}

function deviceDoor(app: FastifyInstance, { identity, limits, quarantine }: ApiParts): void {
  const handIn = { ...limits.quarantine, bodyLimit: limitHandInBody }
  app.post('/api/quarantine', handIn, async (request, reply) => {
    const body = readBody(quarantineBody, request.body)
    if (!body.ok) return answer(reply, body)
    const { device, journal, update, ...proof } = body.value
    const proved = await proveRevoked(identity, device, proof)
    if (!proved.ok) return answer(reply, proved)
    const taken = await quarantine.take({ device, journal, update: bytesOfBase64(update) })
    if (!taken.ok) return answer(reply, fail({ code: taken.problem.code }))
    return answer(reply, done({ ...taken.value, serverTimeMs: identity.nowMs() }))
  })

  app.post('/api/quarantine/state', limits.quarantine, async (request, reply) => {
    const body = readBody(quarantineStateBody, request.body)
    if (!body.ok) return answer(reply, body)
    const { device, ...proof } = body.value
    const proved = await proveRevoked(identity, device, proof)
    if (!proved.ok) return answer(reply, proved)
    const order = await quarantine.wipeOrder(device)
    const journals = quarantine.heldOf(device).map(ownRowOf)
    return answer(reply, done({ journals, order, serverTimeMs: identity.nowMs() }))
  })
}

function managersDoor(app: FastifyInstance, { identity, quarantine }: ApiParts): void {
  app.get('/api/quarantine', async (request, reply) => {
    const actor = await readActor(identity, request)
    if (!actor.ok) return answer(reply, actor)
    const devices = quarantine.devices().flatMap((id) => identity.directory.devices.get(id) ?? [])
    const managed = devices.filter(({ branches }) => mayManage(actor.value, branches))
    return answer(
      reply,
      done({ devices: managed.map((each) => rowOf(each, quarantine, actor.value)) }),
    )
  })

  app.get('/api/quarantine/:id/records', async (request, reply) => {
    const managed = await readManaged(identity, request)
    if (!managed.ok) return answer(reply, managed)
    const query = readBody(quarantineRecordsQuery, request.query)
    if (!query.ok) return answer(reply, query)
    const { journal, from } = query.value
    const { actor, device } = managed.value
    const isOfDevice = quarantine.heldOf(device.id).some((held) => held.journal === journal)
    if (!isOfDevice || !mayRead(actor, journal)) return answer(reply, fail({ code: 'not-allowed' }))
    const entries = await quarantine.recordsOf(journal, from)
    const records = entries.map(({ bytes }) => base64Text(bytes))
    return answer(reply, done({ records, next: (entries.at(-1)?.seq ?? from - 1) + 1 }))
  })

  app.post('/api/quarantine/:id/adopt', async (request, reply) => {
    const managed = await readManaged(identity, request)
    if (!managed.ok) return answer(reply, managed)
    const body = readBody(adoptBody, request.body)
    if (!body.ok) return answer(reply, body)
    const { before } = body.value
    const { actor, device } = managed.value
    const until = before === undefined ? {} : { before }
    const adopted = await quarantine.adopt({ device: device.id, by: actor.id, ...until })
    return answer(reply, adopted.ok ? adopted : fail({ code: adopted.problem.code }))
  })

  app.post('/api/quarantine/:id/decline', async (request, reply) => {
    const managed = await readManaged(identity, request)
    if (!managed.ok) return answer(reply, managed)
    const body = readBody(declineBody, request.body)
    if (!body.ok) return answer(reply, body)
    const { actor, device } = managed.value
    await quarantine.decline({ device: device.id, by: actor.id }, body.value.reason)
    return answer(reply, done(undefined))
  })
}

/** A revoked device that still has its key. Whoever may still sign in sends his records the ordinary way. */
async function proveRevoked(
  { directory, verifier, nowMs }: IdentityParts,
  id: string,
  proof: DeviceProof,
): Promise<Result<undefined, ApiProblem>> {
  const device = directory.devices.get(id)
  // The same as for a wrong signature: nobody learns which ids there are.
  if (device === undefined) return fail({ code: 'proof-invalid' })
  const text = proofText('quarantine', id, proof.timestampMs)
  const check = { publicKey: device.publicKey, verifier, nowMs: nowMs() }
  const proved = await checkProof(text, proof, check)
  if (!proved.ok) return proved
  return device.status === 'revoked' ? proved : fail({ code: 'device-not-revoked' })
}

interface Managed {
  readonly actor: User
  readonly device: Device
}

async function readManaged(
  identity: IdentityParts,
  request: FastifyRequest,
): Promise<Result<Managed, ApiProblem>> {
  const actor = await readActor(identity, request)
  if (!actor.ok) return actor
  const params = readBody(idParams, request.params)
  if (!params.ok) return params
  const device = identity.directory.devices.get(params.value.id)
  if (device === undefined) return fail({ code: 'device-unknown' })
  const isManaged = mayManage(actor.value, device.branches)
  return isManaged ? done({ actor: actor.value, device }) : fail({ code: 'not-allowed' })
}

/** What somebody may not read in the branch he may not read here either. */
function mayRead({ roles }: User, journal: string): boolean {
  const name = parseJournalName(journal)
  return name.ok && audiencesWithin(roles, [name.value.branch]).includes(name.value.audience)
}

function rowOf(device: Device, quarantine: Quarantine, actor: User) {
  const { id, code, name, branches, lastSeenAt, revokedAt } = device
  const journals = quarantine.heldOf(id).map((held) => ({
    ...ownRowOf(held),
    isReadable: mayRead(actor, held.journal),
  }))
  const seen = revokedAt === undefined ? { lastSeenAt } : { lastSeenAt, revokedAt }
  return { id, code, name, branches, ...seen, journals }
}

function ownRowOf({ journal, seq, durableSeq, isWaiting, handedInAt, decision }: HeldState) {
  const decided = decision === undefined ? {} : { decision }
  return { journal, seq, durableSeq, isWaiting, handedInAt, ...decided }
}
