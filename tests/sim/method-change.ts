/**
 * Whoever goes over to another cost method: asks the server from which month on that is possible, and takes
 * what it offers. Uses what the server's own route uses.
 */
import type { Company } from './company.ts'

export async function changeMethod(company: Company): Promise<void> {
  try {
    await changeOne(company)
  } catch (error) {
    // The server's disk fails: whoever changes it tries again another day.
    const isTrouble = error instanceof Error && error.message.startsWith('simulated')
    if (!isTrouble) company.fault('changing the cost method', error)
  }
}

async function changeOne(company: Company): Promise<void> {
  const { server, random, faults } = company
  const { kernel } = server
  const owner = kernel?.directory.userByLogin('owner')
  if (kernel === undefined || owner === undefined) return
  const months = await kernel.methodChanges.months()
  const offered = months.filter(({ methods }) => methods.length > 0)
  if (offered.length === 0) return
  const { month, methods } = random.pick(offered)
  const method = random.pick(methods)
  const changed = await kernel.methodChanges.change({ month, method, by: owner.id })
  if (!changed.ok) return company.tell(`method not changed: ${changed.problem.code}`)
  faults.met('method-changed')
  company.tell(`cost method from ${month} on: ${method}`)
}
