/** The environment that the server's process is started in. */
import { join } from 'node:path'
import { root } from './project.mjs'

/** Many small collections instead of few large ones: a burst of frames leaves little behind. */
export const serverFlags = ['--max-semi-space-size=8']

export const serverEnvironment = {
  NODE_ENV: 'production',
  // Stripped and compiled sources are kept, which nearly halves the time of the next start.
  NODE_COMPILE_CACHE: join(root, '.cache', 'node'),
  // A password check takes 19 MB for a moment. Left alone, glibc keeps them for each of its threads.
  MALLOC_MMAP_THRESHOLD_: '1048576',
  MALLOC_ARENA_MAX: '2',
}
