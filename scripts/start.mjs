/**
 * `npm start`: installs what is missing, builds what changed, serves the app and its sync server
 * on one port. `-- --lan` adds HTTPS for tablets in the shop (`--address` where the machine has
 * several). Runs on plain Node 20.19 itself.
 */
import { once } from 'node:events'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWhenChanged } from './setup/build.mjs'
import { endWithSignals, isShuttingDown, startChild } from './setup/children.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { environmentOfNode24, findNode24 } from './setup/node24.mjs'
import { root, say, stop } from './setup/project.mjs'
import { serverEnvironment, serverFlags } from './setup/server-environment.mjs'

/**
 * @typedef {object} Lan what scripts/lan/main.ts tells us
 * @property {string} certFile
 * @property {string} keyFile
 * @property {string} appUrl
 * @property {string[]} otherUrls
 * @property {string} trustUrl
 * @property {string} fingerprint
 * @property {string} code
 */

const { values: options } = parseArgs({
  options: {
    lan: { type: 'boolean', default: false },
    address: { type: 'string' },
    port: { type: 'string', default: process.env['PORT'] ?? '8080' },
    // Plain http from another machine is answered too: the app then says what is missing.
    host: { type: 'string', default: process.env['HOST'] ?? '0.0.0.0' },
    // The data folder was put back from a backup.
    restored: { type: 'boolean', default: false },
    data: { type: 'string', default: process.env['LIANCANG_DATA'] ?? 'data' },
  },
})
const port = Number(options.port)
const data = resolve(root, options.data)
const scheme = options.lan ? 'https' : 'http'

ensureInstalled()
const { stamp } = buildWhenChanged()
if (!(await isFree(port))) {
  stop(
    `端口 ${port} 已被占用。换一个端口：PORT=${port + 2} npm start`,
    `Port ${port} is in use. Take another one: PORT=${port + 2} npm start`,
  )
}

endWithSignals()
const lan = options.lan ? await openLan() : undefined
startServer(lan)
await serverIsReady()
if (!isShuttingDown()) printAddresses(lan)

/** @returns {Promise<Lan>} */
async function openLan() {
  const args = [join('scripts', 'lan', 'main.ts'), join(data, 'lan'), String(port)]
  if (options.address !== undefined) args.push(options.address)
  const child = startChild(findNode24(), args, { ipc: true })
  const message = await Promise.race([once(child, 'message'), once(child, 'exit')])
  if (isShuttingDown() || typeof message[0] !== 'object') process.exit(process.exitCode || 1)
  return message[0]
}

/** @param {Lan | undefined} lan */
function startServer(lan) {
  const args = [
    ...serverFlags,
    join('sync-server', 'main.ts'),
    '--port',
    String(port),
    '--data',
    data,
    '--host',
    options.host,
  ]
  if (options.restored) args.push('--restored')
  if (lan) args.push('--tls-cert', lan.certFile, '--tls-key', lan.keyFile)
  const child = startChild(findNode24(), args, {
    env: {
      ...environmentOfNode24(),
      ...serverEnvironment,
      LIANCANG_BUILD: stamp.slice(0, 12),
    },
  })
  child.on('exit', () => process.exit())
}

/** Waits until the port answers; the server itself says what is wrong if it never does. */
async function serverIsReady() {
  while (!isShuttingDown() && (await isFree(port))) {
    await new Promise((wake) => setTimeout(wake, 50))
  }
}

/** @param {Lan | undefined} lan */
function printAddresses(lan) {
  console.log('')
  say(`连仓已就绪：${scheme}://localhost:${port}`, '(Liancang is ready)')
  if (!lan) {
    say('店内平板要用：npm start -- --lan', '(for tablets in the shop)')
    return
  }
  say(`平板打开：${lan.appUrl}`, '(on tablets)')
  for (const url of lan.otherUrls) console.log(`        ${url}`)
  console.log('')
  say(`首次使用先信任证书，扫码打开 ${lan.trustUrl}`, '(first trust the certificate: scan)')
  console.log(lan.code)
  say(`证书指纹：${lan.fingerprint}`, '(fingerprint of the certificate, SHA-256)')
}

/**
 * Nobody answers on the port. Asked by connecting: listening for a moment could take the port
 * from the very server we wait for.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((answer) => {
    const probe = connect(port, '127.0.0.1')
    probe.once('error', () => answer(true))
    probe.once('connect', () => {
      probe.destroy()
      answer(false)
    })
  })
}
