/** `npm run build`: builds the client into dist/ when its sources changed. */
import { buildWhenChanged } from './setup/build.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { say } from './setup/project.mjs'

ensureInstalled()
if (!buildWhenChanged().isNew)
  say('应用没有变化，无需重新构建。', 'Nothing changed: no build needed.')
