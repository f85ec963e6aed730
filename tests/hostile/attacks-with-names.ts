/** Names of documents that lead out of the house, into another branch, or into JavaScript itself. */
import { uuidv7 } from 'uuidv7'
import type { TestDevice } from '#server/testing/test-device.ts'
import type { Arena } from './arena.ts'
import type { Attack, Attacker } from './attack.ts'

function ask(
  id: string,
  by: Attacker,
  what: string,
  answer: RegExp,
  name: (arena: Arena) => string,
): Attack {
  return {
    ...{ id, by, what, answer },
    async act(arena) {
      const visitor = await arena.visit()
      return visitor.open(name(arena), deviceOf(arena, by).token)
    },
  }
}

function deviceOf({ keeper, stranger, revoked }: Arena, by: Attacker): TestDevice {
  if (by === 'other branch') return stranger
  return by === 'revoked' ? revoked : keeper
}

function odd(id: string, what: string, name: (arena: Arena) => string): Attack {
  return ask(id, 'same branch', what, /^(refused:(malformed-document-name|not-allowed)|4422)/, name)
}

const notAllowed = /^refused:not-allowed/
const gone = /^(4403|refused:)/

export const attacksWithNames: readonly Attack[] = [
  odd('name-01', 'a path out of the folder', () => '../../etc/passwd'),
  odd('name-02', 'dots between segments', ({ organization, branch }) => {
    return `heads/${organization}/../${organization}/${branch}`
  }),
  odd('name-03', 'back slashes', ({ organization, branch }) => `heads\\${organization}/${branch}`),
  odd('name-04', 'percent signs', ({ organization, branch }) => {
    return `heads%2f${organization}/${branch}`
  }),
  odd('name-05', 'an empty segment', ({ organization, branch }) => {
    return `heads//${organization}/${branch}`
  }),
  odd('name-06', 'a slash at the end', ({ organization, branch }) => {
    return `heads/${organization}/${branch}/`
  }),
  odd('name-07', 'capital letters', ({ organization, branch }) => {
    return `heads/${organization.toUpperCase()}/${branch}`
  }),
  odd('name-08', 'letters that only look alike', ({ organization, branch }) => {
    return `hеads/${organization}/${branch}`
  }),
  odd('name-09', 'a full-width slash', ({ organization, branch }) => {
    return `heads／${organization}/${branch}`
  }),
  odd('name-10', 'a line break', ({ organization, branch }) => {
    return `heads/${organization}/${branch}\n`
  }),
  odd('name-11', '__proto__', () => '__proto__'),
  odd('name-12', '__proto__ before a NUL', () => '__proto__\0/x'),
  odd('name-13', 'constructor before a NUL', () => 'constructor\0/x'),
  odd('name-14', 'toString', () => 'toString'),
  odd('name-15', '200,000 letters', () => `heads/${'x'.repeat(200_000)}`),
  odd('name-16', '300 letters', () => `heads/${'x'.repeat(300)}`),
  odd('name-17', 'nothing', () => ''),
  odd('name-18', 'a month that is none', ({ organization, branch, keeper }) => {
    return `j/${organization}/${branch}/goods/2026-13/${keeper.enrolled.device}`
  }),
  odd('name-19', 'an audience that is none', ({ organization, branch, keeper }) => {
    return `j/${organization}/${branch}/all/2026-11/${keeper.enrolled.device}`
  }),
  odd('name-20', 'an area with dots', ({ organization, branch }) => {
    return `desk/${organization}/${branch}/../goods`
  }),
  ask('name-30', 'other branch', 'heads of the branch', notAllowed, ({ organization, branch }) => {
    return `heads/${organization}/${branch}`
  }),
  ask('name-31', 'other branch', 'a journal of the branch', notAllowed, (a) => a.honest.journal),
  ask('name-32', 'other branch', 'the desk of the branch', notAllowed, ({ desk }) => desk),
  ask('name-33', 'other branch', 'presence of the branch', notAllowed, (arena) => {
    return `presence/${arena.organization}/${arena.branch}`
  }),
  ask('name-34', 'same branch', 'another organisation', notAllowed, ({ branch }) => {
    return `heads/${uuidv7()}/${branch}`
  }),
  ask('name-35', 'same branch', 'a branch that is not', notAllowed, ({ organization }) => {
    return `heads/${organization}/${uuidv7()}`
  }),
  ask('name-36', 'same branch', 'a journal of purchase prices', notAllowed, ({ honest }) => {
    return honest.journal.replace('/goods/', '/buying/')
  }),
  ask('name-37', 'same branch', 'a desk of purchase prices', notAllowed, ({ desk }) => {
    return desk.replace('/goods', '/buying')
  }),
  ask('name-38', 'same branch', 'prices of the company', notAllowed, ({ organization }) => {
    return `j/${organization}/all/buying/2026-11/server-1`
  }),
  ask('name-39', 'revoked', 'heads of its branch', gone, ({ organization, branch }) => {
    return `heads/${organization}/${branch}`
  }),
  ask('name-40', 'revoked', 'its own journal', gone, ({ organization, branch, revoked }) => {
    return `j/${organization}/${branch}/goods/2026-11/${revoked.enrolled.device}`
  }),
]
