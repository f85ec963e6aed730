/**
 * Releases of the app on a server under test: good ones, broken ones, half ones. Works on the server's own copy
 * of the build and, like a build, gives every changed file a new name and keeps the service worker's list true.
 */
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Server } from '../server.ts'

export class Release {
  readonly #folder: string
  #version = 0

  constructor(server: Server) {
    this.#folder = server.app
  }

  /** A hashed program file by the beginning of its name. */
  asset(start: string): string {
    const name = this.#assets().find((each) => each.startsWith(`assets/${start}`))
    if (name === undefined) throw new Error(`no ${start} in the build`)
    return name
  }

  read(file: string): string {
    return readFileSync(join(this.#folder, file), 'utf8')
  }

  /** What the server answers for the file from now on; the list does not know of it. */
  write(file: string, text: string): void {
    writeFileSync(join(this.#folder, file), text)
    this.#dropPacked(file)
  }

  remove(file: string): void {
    rmSync(join(this.#folder, file))
    this.#dropPacked(file)
  }

  /** A new version in which one program file says something else. Answers the way back to the one before. */
  publish(file: string, change: (text: string) => string): () => void {
    const before = `${this.#folder}-${(this.#version += 1)}`
    cpSync(this.#folder, before, { recursive: true })
    const names = this.#namesAfter(file)
    this.write(file, change(this.read(file)))
    for (const each of [...names.keys(), 'index.html']) {
      const text = this.#renamed(this.read(each), names)
      this.write(names.get(each) ?? each, text)
      if (names.has(each)) this.remove(each)
    }
    this.#list(names)
    return () => {
      rmSync(this.#folder, { recursive: true })
      cpSync(before, this.#folder, { recursive: true })
    }
  }

  /** New names of the file and of all that name it, directly or through others. */
  #namesAfter(file: string): ReadonlyMap<string, string> {
    const texts = new Map(this.#assets().map((name) => [name, this.read(name)]))
    const changed = new Set([file])
    for (const name of changed) {
      for (const [other, text] of texts) {
        if (text.includes(name.replace('assets/', ''))) changed.add(other)
      }
    }
    return new Map([...changed].map((name) => [name, name.replace('.js', `-${this.#version}.js`)]))
  }

  #renamed(text: string, names: ReadonlyMap<string, string>): string {
    let renamed = text
    for (const [from, to] of names) {
      renamed = renamed.replaceAll(from.replace('assets/', ''), to.replace('assets/', ''))
    }
    return renamed
  }

  /** The worker's list: the new names, and what each file is now. */
  #list(names: ReadonlyMap<string, string>): void {
    const entry = /\{url:`\/([^`]+)`,[^{}]*\}/g
    const list = this.read('sw.js').replaceAll(entry, (whole, file: string) => {
      const now = names.get(file) ?? file
      if (now === file && file !== 'index.html') return whole
      const digest = createHash('sha256').update(this.read(now)).digest()
      const revision = now === file ? `\`${digest.toString('hex').slice(0, 16)}\`` : 'null'
      const integrity = `sha256-${digest.toString('base64')}`
      return `{url:\`/${now}\`,revision:${revision},integrity:\`${integrity}\`}`
    })
    this.write('sw.js', list)
  }

  #assets(): string[] {
    const names = readdirSync(join(this.#folder, 'assets')).filter((name) => name.endsWith('.js'))
    return names.map((name) => `assets/${name}`)
  }

  #dropPacked(file: string): void {
    for (const packed of ['br', 'gz']) {
      rmSync(join(this.#folder, `${file}.${packed}`), { force: true })
    }
  }
}
