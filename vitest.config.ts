import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Tests that start servers or work for seconds: `npm test` runs them, `npm run check` does not. */
const long = '*.{long,fuzz,property}.test.ts'

/** One project per part, so `vitest run --project domain` or `vitest run domain/values` is quick. */
function nodeProject(name: string, include: string[], exclude: string[] = []) {
  return { test: { name, include, exclude, environment: 'node' as const, testTimeout: 60_000 } }
}

/**
 * The quick tests beside the code of one folder. They share a process, which loads each module
 * once: half the time, and no test may lean on a module that nobody touched before.
 */
function unitProject(name: string, folder = name) {
  const { test } = nodeProject(name, [`${folder}/**/*.test.ts`], [`${folder}/**/${long}`])
  return { test: { ...test, isolate: false } }
}

/**
 * Real processes, disks and networks: one file at a time, because they measure and kill. Node is
 * given what lets a test break SQLite and sockets.
 */
function processProject() {
  const { test } = nodeProject('process', ['tests/process/**/*.test.ts'])
  const execArgv = ['--import', new URL('tests/process/break-calls.ts', import.meta.url).href]
  return { test: { ...test, fileParallelism: false, execArgv } }
}

/** It has a clock of its own: no test of it is late. */
function simulatorProject(name: string, include: string[]) {
  const { test } = nodeProject(name, include)
  return { test: { ...test, testTimeout: 0 } }
}

export default defineConfig({
  test: {
    // Two cores are what everybody has; left alone, Vitest keeps one of them free.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      unitProject('domain'),
      unitProject('client'),
      unitProject('server', 'sync-server'),
      unitProject('scripts'),
      nodeProject('long', [`{domain,client,sync-server,scripts}/**/${long}`]),
      unitProject('house', 'tests/house'),
      simulatorProject('sim', ['tests/{sim,planted}/**/*.test.ts']),
      processProject(),
      nodeProject('hostile', ['tests/hostile/**/*.test.ts']),
      nodeProject('attacks', ['tests/attacks/**/*.test.ts']),
      nodeProject(
        'stories',
        ['tests/**/*.test.ts'],
        ['tests/{house,sim,planted,process,hostile,attacks,e2e,bench}/**', 'node_modules/**'],
      ),
    ],
  },
})
