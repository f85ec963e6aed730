/** The browser that the browser tests drive: Debian's Chromium, installed when we may. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { say } from './project.mjs'

const packages = ['chromium', 'fonts-noto-cjk']
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Path of a Chromium: `CHROMIUM` of the environment, else the usual places. */
export function findChromium() {
  const named = process.env['CHROMIUM']
  return [...(named ? [named] : []), ...places].find((place) => existsSync(place))
}

/**
 * @returns {string | undefined} why there is no browser, if there is none
 */
export function ensureChromium() {
  if (findChromium() !== undefined) return undefined
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!mayInstall) {
    return [
      `缺少浏览器。请用管理员权限安装：apt-get install ${packages.join(' ')}（或用环境变量 CHROMIUM 指出其位置）`,
      `A browser is missing. As administrator: apt-get install ${packages.join(' ')} (or name one in the environment as CHROMIUM)`,
    ].join('\n')
  }
  say('正在安装 Chromium…', `Installing ${packages.join(', ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages]
  for (const args of [['update', '-qq'], install]) {
    const done = spawnSync('apt-get', args, { env, encoding: 'utf8' })
    if (done.status !== 0) return `apt-get ${args.join(' ')}\n${done.stdout}${done.stderr}`
  }
  return findChromium() === undefined
    ? `${packages.join(', ')}: installed, but not found`
    : undefined
}
