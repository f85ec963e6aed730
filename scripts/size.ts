/**
 * `npm run size`: what the built app weighs, and whom it may call. The first paint must stay light
 * for a cheap tablet, and no chunk may name a foreign host that hands out code or fonts.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const folder = join(import.meta.dirname, '..', 'dist')
const foreignHosts =
  /\b(?:[\w-]+\.)*(?:jsdelivr\.net|unpkg\.com|cdnjs\.com|cloudflare\.com|googleapis\.com|gstatic\.com|bootcdn\.net|esm\.sh|skypack\.dev)\b/g

interface Weight {
  readonly what: string
  /** Bytes after gzip -9. */
  readonly bytes: number
  readonly budgetBytes: number
  /** Over budget fails the build, else it is only shown. */
  readonly isHard: boolean
}

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

const manifest: Readonly<Record<string, Chunk>> = JSON.parse(
  readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'),
)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
const firstChunks = chunksOfFirstPaint()
const precached = files.filter((file) => /\.(?:js|css|html|webmanifest|svg|wasm)$/.test(file))

const weights: Weight[] = [
  {
    what: 'first paint',
    bytes: weigh(firstChunks.map(({ file }) => file)),
    budgetBytes: 150_000,
    isHard: true,
  },
  {
    what: 'its styles',
    bytes: weigh(firstChunks.flatMap(({ css }) => css ?? [])),
    budgetBytes: 20_000,
    isHard: false,
  },
  { what: 'service worker', bytes: weigh(['sw.js']), budgetBytes: 12_000, isHard: false },
  { what: 'everything', bytes: weigh(precached), budgetBytes: 1_300_000, isHard: true },
]

for (const weight of weights) {
  const isOver = weight.bytes > weight.budgetBytes
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  const figures = `${kilobytes(weight.bytes)} of ${kilobytes(weight.budgetBytes)}`
  console.log(`${isOver ? '✗' : '✓'} ${weight.what.padEnd(16)} ${figures}`)
  if (isOver && weight.isHard) process.exitCode = 1
}

for (const file of files.filter((name) => name.endsWith('.js'))) {
  const hosts = new Set(readFileSync(join(folder, file), 'utf8').match(foreignHosts))
  for (const host of hosts) {
    console.log(`✗ ${file} names ${host}: nothing is fetched from outside`)
    process.exitCode = 1
  }
}

/** The entry and all that it imports; screens come by themselves when their address is opened. */
function chunksOfFirstPaint(): Chunk[] {
  const names = new Set(['index.html'])
  for (const name of names) for (const needed of manifest[name]?.imports ?? []) names.add(needed)
  return [...names].flatMap((name) => manifest[name] ?? [])
}

function weigh(names: readonly string[]): number {
  return [...new Set(names)].reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length,
    0,
  )
}
