/**
 * `npm run dev`: Vite with hot reload in front, the sync server in watch mode behind it, both in
 * one terminal. Data lies in data/dev, apart from the data of `npm start`.
 */
import { join } from 'node:path'
import { endWithSignals, startChild } from './setup/children.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { environmentOfNode24, findNode24 } from './setup/node24.mjs'
import { root, say } from './setup/project.mjs'

const port = Number(process.env['PORT'] ?? 5173)
const serverPort = port + 1
ensureInstalled()
const node = findNode24()
const env = { ...environmentOfNode24(), LIANCANG_SYNC_SERVER: `http://127.0.0.1:${serverPort}` }

endWithSignals()
const origin = ['--origin', `http://localhost:${port}`]
const serverArgs = ['--port', String(serverPort), '--host', '127.0.0.1', ...origin]
const data = ['--data', join(root, 'data', 'dev')]
startChild(node, ['--watch', join('sync-server', 'main.ts'), ...serverArgs, ...data], { env })
const vite = join('node_modules', 'vite', 'bin', 'vite.js')
startChild(node, [vite, '--port', String(port), '--strictPort'], { env })
say(`开发：http://localhost:${port}`, `(development; sync server on ${serverPort})`)
