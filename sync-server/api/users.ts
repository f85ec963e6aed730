/** People: listed, added, granted, given a new password, revoked. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { done, type Result } from '#domain/values/result.ts'
import type { User } from '../identity/directory.ts'
import { addUser, changePassword, grantRoles, revokeUser } from '../identity/people.ts'
import { mayManage } from '../identity/rights.ts'
import { readActor } from './actor.ts'
import { type ApiProblem, answer, readBody } from './answers.ts'
import type { ApiParts } from './api.ts'
import { grantBody, idParams, newUserBody, passwordBody } from './schemas.ts'

export function userRoutes(app: FastifyInstance, { identity, limits }: ApiParts): void {
  app.get('/api/users', async (request, reply) => {
    const actor = await readActor(identity, request)
    if (!actor.ok) return answer(reply, actor)
    const managed = [...identity.directory.users.values()].filter((user) =>
      mayManage(
        actor.value,
        user.roles.map(({ branch }) => branch),
      ),
    )
    return answer(reply, done({ users: managed.map(rowOf) }))
  })

  app.post('/api/users', limits.signIn, async (request, reply) => {
    const actor = await readActor(identity, request)
    if (!actor.ok) return answer(reply, actor)
    const body = readBody(newUserBody, request.body)
    if (!body.ok) return answer(reply, body)
    const added = await addUser(identity, actor.value, body.value)
    return answer(reply, added.ok ? done(rowOf(added.value)) : added, 201)
  })

  app.post('/api/users/:id/grant', async (request, reply) => {
    const body = readBody(grantBody, request.body)
    if (!body.ok) return answer(reply, body)
    const { roles } = body.value
    return answer(reply, await onUser(request, (by, id) => grantRoles(identity, by, id, roles)))
  })

  app.post('/api/users/:id/password', limits.signIn, async (request, reply) => {
    const body = readBody(passwordBody, request.body)
    if (!body.ok) return answer(reply, body)
    const { password } = body.value
    return answer(
      reply,
      await onUser(request, (by, id) => changePassword(identity, by, id, password)),
    )
  })

  app.post('/api/users/:id/revoke', async (request, reply) =>
    answer(reply, await onUser(request, (by, id) => revokeUser(identity, by, id))),
  )

  async function onUser(
    request: FastifyRequest,
    act: (by: User, id: string) => Promise<Result<User | undefined, ApiProblem>>,
  ): Promise<Result<unknown, ApiProblem>> {
    const actor = await readActor(identity, request)
    if (!actor.ok) return actor
    const params = readBody(idParams, request.params)
    if (!params.ok) return params
    const acted = await act(actor.value, params.value.id)
    return acted.ok && acted.value !== undefined ? done(rowOf(acted.value)) : acted
  }
}

function rowOf({ id, login, name, roles, isRevoked }: User) {
  return { id, login, name, roles, isRevoked }
}
