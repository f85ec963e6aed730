/**
 * The direction of dependencies as a table, and the reader that holds imports against it. A new
 * line here is a change of the architecture: its own commit with a decision record.
 */
import { posix } from 'node:path'
import { isTest } from './sources.ts'
import { withoutComments } from './without-comments.ts'

const solid = ['solid-js', '@solidjs/router', '@solid-primitives/i18n']
/** What a tab and its worker say to each other: plain rows and names. */
const face = ['client/engine/face/face.ts', 'client/engine/face/face-rows.ts']
const screenParts = [
  'domain/registry.ts',
  'domain/doctype',
  'domain/masters',
  'domain/values',
  'client/queries',
  'client/commands',
  'client/ui',
  'client/text',
  ...face,
  ...solid,
  'uuidv7',
]

/** Commands for large files work as a device does, without a screen. */
const commandLine = ['client/headless', 'client/text', 'domain/exchange', 'node:']

/**
 * A folder (or file) and what it may import besides itself: folders, files and packages. `~` narrows
 * "itself" to the own sub-folder. `node:` stands for Node's modules.
 */
export const layers: Readonly<Record<string, readonly string[]>> = {
  'domain/values': ['@noble/hashes'],
  'domain/masters': ['domain/values'],
  'domain/records': ['domain/values'],
  'domain/replica': ['domain/values', 'domain/records', 'yjs'],
  'domain/ledgers': ['domain/values', 'domain/masters'],
  'domain/doctype': ['domain/values', 'domain/masters', 'domain/records'],
  'domain/documents': ['~', 'domain/values', 'domain/masters', 'domain/doctype'],
  'domain/registry.ts': ['domain/documents', 'domain/doctype'],
  'domain/fold': [
    'domain/values',
    'domain/masters',
    'domain/records',
    'domain/ledgers',
    'domain/registry.ts',
  ],
  'domain/exchange': [
    'domain/values',
    'domain/masters',
    'domain/doctype',
    'domain/registry.ts',
    'hucre',
  ],
  'domain/demonstration': ['domain/values', 'domain/masters', 'domain/doctype'],

  // The worker: the engine writes, projections answer from the fold.
  'client/engine': [
    'domain',
    'client/projections',
    'yjs',
    'lib0',
    'y-protocols',
    'y-indexeddb',
    'dexie',
    '@hocuspocus/provider',
    'uuidv7',
    'valibot',
    '@noble/hashes',
  ],
  'client/projections': ['domain', ...face, 'client/engine/store/store.ts', 'pinyin-pro'],
  // Files are judged apart from everything else.
  'client/importing': [
    'domain/values',
    'domain/exchange',
    'client/projections/pinyin-initials.ts',
    ...face,
    'uuidv7',
  ],
  'client/headless': ['domain', 'client/engine', 'client/importing', 'uuidv7', 'valibot', 'node:'],

  // The tab: reads through queries, acts through commands.
  'client/main.tsx': ['client', 'domain/values', ...solid],
  'client/app.tsx': ['client', 'domain/registry.ts', ...solid],
  'client/routes.tsx': ['client', 'domain/registry.ts', 'uuidv7', ...solid],
  'client/queries': ['domain/values', 'client/importing', ...face, 'solid-js'],
  'client/commands': ['domain/values', 'client/queries', ...face, 'uuidv7', 'solid-js'],
  'client/documents': screenParts,
  'client/screens': [...screenParts, 'client/documents', 'domain/exchange'],
  'client/ui': [
    'domain/values',
    'client/text',
    '@kobalte/core',
    '@tanstack/solid-virtual',
    ...solid,
  ],
  'client/text': ['domain/values', ...face, ...solid],
  'client/service-worker': ['workbox-precaching', 'workbox-routing', 'workbox-window'],
  'client/dev': ['client', 'domain', 'solid-js'],

  'sync-server/storage': ['domain', 'sync-server/limits.ts', 'sync-server/metrics.ts', 'node:'],
  'sync-server/journals': [
    'domain',
    'sync-server/storage',
    'sync-server/identity',
    'sync-server/limits.ts',
    'node:',
  ],
  'sync-server/identity': [
    'domain',
    'sync-server/storage',
    'sync-server/journals',
    'sync-server/limits.ts',
    'node:',
  ],
  'sync-server/socket': ['sync-server/limits.ts', 'sync-server/refusal.ts', 'node:'],
  'sync-server/http': [
    'sync-server/storage',
    'sync-server/limits.ts',
    'sync-server/options.ts',
    'node:',
  ],
  'sync-server/extensions': [
    'domain',
    'sync-server/identity',
    'sync-server/journals',
    'sync-server/storage',
    'sync-server/socket',
    'sync-server/limits.ts',
    'sync-server/refusal.ts',
    'node:',
  ],
  'sync-server/quarantine': [
    'domain',
    'sync-server/extensions',
    'sync-server/identity',
    'sync-server/journals',
    'sync-server/storage',
    'sync-server/limits.ts',
    'sync-server/refusal.ts',
  ],
  'sync-server/seals': [
    'domain',
    'sync-server/identity',
    'sync-server/journals',
    'sync-server/storage',
    'node:',
  ],
  'sync-server/api': [
    'domain',
    'sync-server/identity',
    'sync-server/journals',
    'sync-server/quarantine',
    'sync-server/seals',
    'sync-server/metrics.ts',
    'sync-server/limits.ts',
    'node:',
  ],
  // jobs, kernel, server and main put the parts together.
  'sync-server': ['domain', 'node:'],

  tests: ['domain', 'client', 'sync-server', 'scripts', 'node:'],
  // The auditor shares no code with what it judges.
  'tests/oracle': [],
  scripts: ['node:'],
  'scripts/import.ts': [...commandLine, 'scripts/command-line'],
  'scripts/replay.ts': [...commandLine, 'scripts/command-line'],
  'scripts/explain.ts': [...commandLine, 'scripts/command-line', 'domain/values'],
  'scripts/command-line': [...commandLine, 'client/engine/face', 'domain'],
}

/** Tests may look across their own side and use the tools of testing. */
const testTools = [
  'vitest',
  'fast-check',
  'decimal.js',
  'fake-indexeddb',
  'ws',
  'node:',
  'tests',
  'sync-server/testing',
  'uuidv7',
]
/** Where any package may be used; elsewhere a package must stand in the table. */
const freeOfPackages = /^(?:tests|scripts|sync-server)\b/

/** What a file imports that its layer does not allow, as sentences. */
export function layerViolations(path: string, text: string): string[] {
  const layer = layerOf(path)
  if (layer === undefined) return [`${path} lies in no layer of tests/house/layers.ts`]
  return importsOf(text)
    .map((specifier) => targetOf(path, specifier))
    .filter((target) => !isAllowed(path, layer, target))
    .map(
      (target) =>
        `${path} must not import ${target}: ${layer} may import ${layers[layer]?.join(', ') || 'nothing'}`,
    )
}

/** The longest line of the table that the path lies under; a test lies where its subject does. */
export function layerOf(path: string): string | undefined {
  const subject = path.replace(/\.test(?=\.tsx?$)/, '')
  return Object.keys(layers)
    .filter((layer) => isUnder(subject, layer))
    .sort((one, other) => other.length - one.length)[0]
}

export function importsOf(text: string): string[] {
  const patterns = [
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
    /\bnew URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g,
  ]
  const code = withoutComments(text)
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''))
}

/** A path from the project root, a package name, or `node:`. */
function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier)
  if (specifier.startsWith('#server/')) return specifier.replace('#server', 'sync-server')
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('node:')) return 'node:'
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function isAllowed(path: string, layer: string, target: string): boolean {
  const allowed = layers[layer] ?? []
  if (allowed.some((entry) => isUnder(target, entry))) return true
  if (isOwn(path, layer, target, allowed.includes('~'))) return true
  const isPackage =
    !isUnder(target, 'domain') && !/^(?:client|sync-server|tests|scripts)\b/.test(target)
  if (isPackage && target !== 'node:' && freeOfPackages.test(path)) return true
  if (!isTest(path)) return false
  const side = path.split('/')[0] ?? ''
  return [side, 'domain', ...testTools].some((entry) => isUnder(target, entry))
}

function isOwn(path: string, layer: string, target: string, isNarrow: boolean): boolean {
  if (!isNarrow) return isUnder(target, layer)
  const inside = path.slice(layer.length + 1).split('/')[0] ?? ''
  return isUnder(target, `${layer}/${inside}`)
}

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
