/** Runs test files until one test fails. Runs inside the scratch copy, answers with one line of JSON. */
import { startVitest } from 'vitest/node'
import { answer } from './answer.ts'

const files = process.argv.slice(2)
// A test that a busy machine makes fail once has found nothing.
const vitest = await startVitest('test', files, {
  retry: 2,
  ...{ run: true, watch: false, bail: 1, maxWorkers: 1, pool: 'threads', reporters: [{}] },
})
const modules = vitest.state.getTestModules()
const failed = modules.flatMap((module) => [...module.children.allTests('failed')])
const unloaded = modules.filter((module) => module.errors().length > 0)
const [unhandled] = vitest.state.getUnhandledErrors() as { readonly message?: string }[]
const isEmpty = modules.length < new Set(files).size

if (isEmpty) answer({ found: 'no tests', detail: 'the test files do not exist', seeds: 0 })
else if (failed[0] !== undefined) {
  const [error] = failed[0].result().errors ?? []
  answer({ found: failed[0].name, detail: error?.message ?? '', seeds: 0 })
} else if (unloaded[0] !== undefined) {
  const [error] = unloaded[0].errors()
  answer({ found: 'the tests cannot be loaded', detail: error?.message ?? '', seeds: 0 })
} else if (unhandled !== undefined) {
  answer({ found: 'unhandled error', detail: unhandled.message ?? '', seeds: 0 })
} else answer({ seeds: 0 })
await vitest.close()
process.exit()
