/**
 * A copy of the source under `.cache/planted/`, into which faults are planted one at a time. The checkout
 * itself is never changed.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PlantedFault, withFault } from './fault.ts'

export const project = join(import.meta.dirname, '..', '..')

const copied = ['domain', 'client', 'sync-server', 'tests', 'scripts']
const files = ['package.json', 'tsconfig.json', 'vitest.config.ts']

export interface Scratch {
  readonly root: string
  /** Plants the fault; the answer takes it out again. */
  plant(fault: PlantedFault): () => void
  remove(): void
}

export function makeScratch(): Scratch {
  const root = join(project, '.cache', 'planted', String(process.pid))
  rmSync(root, { recursive: true, force: true })
  mkdirSync(root, { recursive: true })
  for (const name of [...copied, ...files]) {
    cpSync(join(project, name), join(root, name), { recursive: true })
  }
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'dir')
  return {
    root,
    plant(fault) {
      const path = join(root, fault.file)
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, withFault(text, fault))
      return () => writeFileSync(path, text)
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
