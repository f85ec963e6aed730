import { join } from 'node:path'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { hashOfSources } from './scripts/setup/build.mjs'
import { compress } from './scripts/vite-compress.ts'
import { precache } from './scripts/vite-precache.ts'

const project = import.meta.dirname
/** Where `npm run dev` put the sync server. */
const syncServer = process.env['LIANCANG_SYNC_SERVER'] ?? 'http://127.0.0.1:8090'

export default defineConfig({
  root: join(project, 'client'),
  publicDir: join(project, 'public'),
  plugins: [solid(), precache({ source: 'service-worker/sw.ts', file: 'sw.js' }), compress()],
  define: {
    // Written into every record a device makes, so a fault can be traced to the build that made it.
    'import.meta.env.VITE_BUILD': JSON.stringify(hashOfSources(project).slice(0, 12)),
  },
  worker: { format: 'es' },
  build: {
    outDir: '../dist',
    // Which file holds what, for scripts/size.ts.
    manifest: true,
    rolldownOptions: { checks: { pluginTimings: false } },
    emptyOutDir: true,
    // chrome109 is the last Chromium for Windows 7.
    target: ['chrome109', 'safari16.4'],
    // A strict CSP allows no data: URLs for scripts, fonts or styles.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
  },
  server: {
    fs: { allow: [project] },
    proxy: {
      '/api': syncServer,
      '/healthz': syncServer,
      '/sync': { target: syncServer, ws: true },
    },
  },
})
