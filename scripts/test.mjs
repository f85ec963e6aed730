/**
 * `npm test`: everything, on a machine that may have nothing yet. Ends with the line
 * `N passed, N failed`.
 */
import { ensureChromium } from './setup/chromium.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { checks, conclude, quickProjects, runStep, runSteps, vitestStep } from './setup/steps.mjs'

ensureInstalled()
const browserIsMissing = ensureChromium()

const outcomes = await runSteps([checks.types, checks.lint, checks.format])
outcomes.push(await runStep(vitestStep('unit', quickProjects)))
// The longest first. The simulator and the long ones work; of three one waits, for servers and disks.
const besideTheSimulator = [
  vitestStep('long', ['long', 'stories']),
  ...['process', 'hostile', 'attacks'].map((name) => vitestStep(name, [name])),
]
outcomes.push(...(await runSteps([vitestStep('sim', ['sim']), ...besideTheSimulator], 3)))
outcomes.push(await runStep({ name: 'build', command: 'node', args: ['scripts/build.mjs'] }))
outcomes.push(await runStep({ name: 'size', command: 'node', args: ['scripts/size.ts'] }))
// Browsers have clocks: nothing runs beside them.
outcomes.push(await runBrowserTests('stories', 2))
outcomes.push(await runBrowserTests('faults', 1))
conclude(outcomes)

/**
 * @param {'stories' | 'faults'} name
 * @param {number} atOnce
 */
async function runBrowserTests(name, atOnce) {
  if (browserIsMissing !== undefined) {
    const counts = { passed: 0, failed: 1 }
    return { name, counts, seconds: 0, output: browserIsMissing }
  }
  // A trace costs a tenth of the time: only a second try, which says why there was one, is traced.
  const again = ['--retries=1', '--trace=on-first-retry']
  const chosen = [`--project=${name}`, `--workers=${atOnce}`]
  return await runStep({
    name,
    command: 'playwright',
    args: ['test', '--reporter=line,json', ...chosen, ...again],
    report: 'playwright',
  })
}
