import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { parse } from 'yaml'

/** Of all that a verdict depends on, in two parts: a change of the first makes it void. */
export interface Digests {
  /** The lab's or the test's own files. */
  readonly own: string
  /** What carries every lab: the runtime, the kit, the application, … */
  readonly machinery: string
}

/** Below `labs/`, what is no lab. Its change can touch any verdict, and mostly touches none. */
const carries = /^labs\/(?!\d\d-)/
/** The command stands in front of all that: no check's verdict goes through it. */
const command = /^labs\/cli\//
/** Told to the reader, and to nobody else. */
const prose = /(?:^|\/)(?:README[^/]*\.md|hints)(?:\/|$)/
const notOurs = /(?:^|\/)(?:node_modules|work(?:\.[^/]*)?)(?:\/|$)/

/** Reads the project's files once. `root` is its folder. */
export class Sources {
  readonly #root: string
  readonly #machinery = new Map<boolean, string>()

  constructor(root: string) {
    this.#root = root
  }

  /**
   * What an answer's verdict depends on: its files over the solution's, its task's check, and all that
   * the lab's folder has besides. `lab` is the folder's name.
   */
  ofAnswer(lab: string, task: string, files: ReadonlyMap<string, string>): Digests {
    const others = /^(?:starter\/|answers\.yaml$|mutants\.yaml$|checks\/(.+)\.test\.ts$)/
    const own = this.#below(`labs/${lab}`).filter((path) => {
      const other = others.exec(path.slice(`labs/${lab}/`.length))
      return !other || other[1] === task
    })
    const definition = `labs/${lab}/lab.yaml`
    const digest = new Digest(this.#root)
      .files(own.filter((path) => path !== definition))
      .text(definition, withoutWords(readFileSync(join(this.#root, definition), 'utf8')))
    for (const [file, text] of files) digest.text(file, text)
    return { own: digest.hex(), machinery: this.machinery() }
  }

  /** What a test file's verdict depends on: itself and all that it imports or names. */
  ofTest(file: string): Digests {
    const own = new Digest(this.#root).files(this.#usedBy(file))
    return { own: own.hex(), machinery: this.machinery(/^test\/labs\//.test(file)) }
  }

  machinery(withCommand = false): string {
    const found = this.#machinery.get(withCommand)
    if (found) return found
    const files = this.#below('labs')
      .filter((path) => carries.test(path))
      .filter((path) => withCommand || !command.test(path))
    const packages = JSON.stringify(this.#packages())
    const digest = new Digest(this.#root).files(files).text('package.json', packages).hex()
    this.#machinery.set(withCommand, digest)
    return digest
  }

  #packages(): unknown {
    const text = readFileSync(join(this.#root, 'package.json'), 'utf8')
    return (JSON.parse(text) as { dependencies: unknown }).dependencies
  }

  /** Files below a folder, or the file itself, named from the root. */
  #below(path: string): string[] {
    const full = join(this.#root, path)
    if (!statSync(full).isDirectory()) return [path]
    return readdirSync(full, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => this.#name(join(entry.parentPath, entry.name)))
      .filter((name) => !prose.test(name) && !notOurs.test(name))
  }

  #usedBy(file: string): string[] {
    const seen = new Set<string>()
    const visit = (path: string): void => {
      if (seen.has(path) || carries.test(path) || !existsSync(join(this.#root, path))) return
      seen.add(path)
      if (!/\.(?:m?ts|mjs|vue)$/.test(path)) return
      const text = readFileSync(join(this.#root, path), 'utf8')
      for (const [, imported, named] of text.matchAll(references)) {
        const target = this.#name(resolve(this.#root, path, '..', (imported ?? named)!))
        // A folder above is a starting point for paths, not something that the test reads.
        if (!target || path.startsWith(`${target}/`) || target.startsWith('..')) continue
        if (existsSync(join(this.#root, target))) this.#below(target).forEach(visit)
      }
    }
    visit(file)
    return [...seen]
  }

  #name = (path: string) => relative(this.#root, path).split(sep).join('/')
}

/** What a `lab.yaml` has for the reader's eyes: no verdict goes by it. */
const words = ['title', 'summary', 'runs', 'minutes', 'route']

function withoutWords(definition: string): string {
  const parsed: unknown = parse(definition)
  return JSON.stringify(parsed, (key, value: unknown) => (words.includes(key) ? undefined : value))
}

/** An import, or a file that is named to be mounted or read: `new URL('…', import.meta.url)`. */
const references =
  /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'|new URL\(\s*'(\.{1,2}\/[^']+)',\s*import\.meta\.url/g

class Digest {
  readonly #hash = createHash('sha256')
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  files(paths: readonly string[]): this {
    for (const path of [...paths].sort()) this.text(path, readFileSync(join(this.#root, path)))
    return this
  }

  text(name: string, text: string | Buffer): this {
    this.#hash.update(`${name}\0`).update(text).update('\0')
    return this
  }

  /** 64 bits are enough to see a change. */
  hex = () => this.#hash.digest('hex').slice(0, 16)
}
