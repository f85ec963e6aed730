/**
 * Where the project lies and how it speaks. Everything under scripts/*.mjs runs on plain Node 20.19
 * before anything is installed, so nothing here imports a package or a .ts file.
 */
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * One message, Chinese first.
 * @param {string} chinese
 * @param {string} english
 */
export function say(chinese, english) {
  console.log(`${chinese}  ${english}`)
}

/**
 * Says why we cannot go on, and ends.
 * @param {string} chinese
 * @param {string} english
 * @returns {never}
 */
export function stop(chinese, english) {
  console.error(`\n${chinese}\n${english}\n`)
  process.exit(1)
}
