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
outcomes.push(await runStep(vitestStep('long', ['long', 'stories'])))
// The hostile and the dying mostly wait for servers, the simulator mostly works.
const long = ['sim', 'hostile', 'process', 'attacks']
outcomes.push(...(await runSteps(long.map((name) => vitestStep(name, [name])))))
outcomes.push(await runStep({ name: 'build', command: 'node', args: ['scripts/build.mjs'] }))
outcomes.push(await runStep({ name: 'size', command: 'node', args: ['scripts/size.ts'] }))
outcomes.push(await runBrowserTests())
conclude(outcomes)

async function runBrowserTests() {
  if (browserIsMissing !== undefined) {
    const counts = { passed: 0, failed: 1 }
    return { name: 'e2e', counts, seconds: 0, output: browserIsMissing }
  }
  return await runStep({
    name: 'e2e',
    command: 'playwright',
    args: ['test', '--reporter=line,json', '--retries=1'],
    report: 'playwright',
  })
}
