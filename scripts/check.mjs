/** `npm run check`: what must be green before every commit; under a minute, no browser needed. */
import { ensureInstalled } from './setup/install.mjs'
import { checks, conclude, quickProjects, runSteps, vitestStep } from './setup/steps.mjs'

ensureInstalled()
conclude(
  await runSteps([
    vitestStep('unit', quickProjects),
    checks.types,
    checks.lint,
    checks.format,
    checks.knip,
  ]),
)
