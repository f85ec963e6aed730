/** The devices page: who is enrolled, when it was last seen, why it was refused; and revoking. */
import type { FastifyInstance } from 'fastify'
import { done } from '#domain/values/result.ts'
import { revokeDevice } from '../identity/devices.ts'
import type { Device } from '../identity/directory.ts'
import { mayManage } from '../identity/rights.ts'
import { readActor } from './actor.ts'
import { answer, readBody } from './answers.ts'
import type { ApiParts } from './api.ts'
import { idParams, revokeBody } from './schemas.ts'

export function deviceRoutes(app: FastifyInstance, { identity }: ApiParts): void {
  app.get('/api/devices', async (request, reply) => {
    const actor = await readActor(identity, request)
    if (!actor.ok) return answer(reply, actor)
    const managed = [...identity.directory.devices.values()].filter((device) =>
      mayManage(actor.value, device.branches),
    )
    return answer(reply, done({ devices: managed.map(rowOf) }))
  })

  app.post('/api/devices/:id/revoke', async (request, reply) => {
    const actor = await readActor(identity, request)
    if (!actor.ok) return answer(reply, actor)
    const params = readBody(idParams, request.params)
    if (!params.ok) return answer(reply, params)
    const body = readBody(revokeBody, request.body)
    if (!body.ok) return answer(reply, body)
    return answer(
      reply,
      await revokeDevice(identity, actor.value, params.value.id, body.value.reason),
    )
  })
}

function rowOf(device: Device) {
  const { id, code, name, kind, branches, audiences, status } = device
  const { enrolledAt, lastSeenAt, lastRefusal } = device
  return {
    ...{ id, code, name, kind, branches, audiences, status, isRevoked: status === 'revoked' },
    ...{ enrolledAt, lastSeenAt, ...(lastRefusal === undefined ? {} : { lastRefusal }) },
  }
}
